package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.check.Finding;
import io.cite.core.engine.check.Finding.Outcome;
import io.cite.core.usecase.operate.Diagnose;
import java.util.List;

/** Looks for what is wrong in a world, as {@code doctor} does. */
final class Doctor {
  private final World world;

  Doctor(World world) {
    this.world = world;
  }

  List<Finding> diagnose(boolean fix) {
    return world.useCases.diagnose().execute(new Diagnose.Command(World.CALLER, fix));
  }

  /** It is found, repaired, and not found again once the engine has checked it. */
  void isRepaired(Finding.Kind kind) {
    assertThat(diagnose(false))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.repair()).isNotNull();
              assertThat(finding.outcome()).isEqualTo(Outcome.FOUND);
            });
    assertThat(diagnose(true))
        .singleElement()
        .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.REPAIRED));
    world.settle();
    assertThat(diagnose(false)).isEmpty();
  }

  void isLeft(Finding.Kind kind) {
    assertThat(diagnose(true))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.repair()).isNull();
              assertThat(finding.outcome()).isEqualTo(Outcome.LEFT);
            });
  }
}

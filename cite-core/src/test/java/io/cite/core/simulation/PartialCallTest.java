package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.port.cluster.RolloutId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Some calls of a port are several calls to the system behind it, and the process may end between
 * any two of these. Another process goes on, and in the end everything is as if nothing had
 * happened.
 */
class PartialCallTest {
  /** What is done of the removal of an environment's objects. */
  enum Removed {
    SERVICE,
    SERVICE_AND_A_ROLLOUT,
    SERVICE_AND_ROLLOUTS;

    void in(World world) {
      List<RolloutId> rollouts = world.cluster.rollouts().list(World.ENVIRONMENT);
      world.cluster.deleteService(World.ENVIRONMENT);
      rollouts.stream()
          .limit(this == SERVICE ? 0 : this == SERVICE_AND_A_ROLLOUT ? 1 : rollouts.size())
          .forEach(world.cluster.rollouts()::remove);
    }
  }

  @ParameterizedTest
  @EnumSource(Removed.class)
  void finishesARemovalThatWasInterrupted(Removed removed) {
    World calm = Scenario.DELETE.play(faults -> {});
    int removal = calm.faults.calls().indexOf("ClusterObjects.removeAllOf") + 1;
    assertThat(removal).isPositive();

    World world =
        Scenario.DELETE.play(
            new World(),
            ready ->
                ready.faults.failAt(
                    removal,
                    Faults.Moment.BEFORE,
                    () -> {
                      removed.in(ready);
                      throw new Faults.Crash("during call " + removal);
                    }));

    assertThat(world.crashes).isEqualTo(1);
    Invariants.checkStrictly(world);
    assertThat(world.cluster.objects().inventory()).isEmpty();
    assertThat(Outcome.of(world)).isEqualTo(Outcome.of(calm));
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.record.OpenMarks;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The leader's list of what there is to do. */
class RelistTest {
  private final World world = new World();
  private final Records records = new Records(world.store);

  @Test
  void aLeaderMakesTheMarksThatAnEarlierVersionDidNotMake() {
    world.create();
    world.push("second");
    world.settle();
    assertThat(OpenMarks.keys(records)).anyMatch(key -> key.startsWith(Keys.BUILDS.path()));
    records.list(Keys.OPEN).forEach(mark -> records.write().delete(mark).commit());
    assertThat(OpenMarks.keys(records)).isEmpty();

    world.restart();
    world.settle();
    assertThat(OpenMarks.keys(records)).anyMatch(key -> key.startsWith(Keys.BUILDS.path()));
  }

  @Test
  void aLeaderDeletesMarksThatAreLeftOver() {
    world.create();
    world.settle();
    for (Key<?> key :
        new Key<?>[] {Keys.serviceRecord(World.SERVICE), Keys.build(World.ENVIRONMENT, 99)}) {
      records.write().put(Keys.open(key), new Key.OpenMark(key.path())).commit();
    }

    world.restart();
    world.settle();
    assertThat(OpenMarks.keys(records)).filteredOn(key -> key.endsWith("/99")).isEmpty();
    Invariants.check(world);
  }

  @Test
  void theListOfAnIdleInstallationReadsNothingOfWhatHasEnded() {
    world.create();
    world.push("second");
    world.build(true);
    world.pass(Duration.ofMinutes(30));
    assertThat(world.catalogue().builds(World.ENVIRONMENT)).isNotEmpty();

    world.faults.arm();
    world.resync();
    world.settle();
    List<String> lists = new ArrayList<>();
    for (int i = 0; i < world.faults.calls().size(); i++) {
      if (world.faults.calls().get(i).equals("MetadataStore.list")) {
        lists.add(String.valueOf(world.faults.firstArguments().get(i)));
      }
    }
    world.faults.disarm();
    assertThat(lists)
        .contains(Keys.OPEN.path())
        .doesNotContain(
            Keys.BUILDS.path(),
            Keys.DEPLOYMENTS.path(),
            Keys.ENVIRONMENTS.path(),
            Keys.SERVICES.path());
  }
}

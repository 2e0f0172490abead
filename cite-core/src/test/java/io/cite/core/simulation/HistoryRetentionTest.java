package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.environment.HistoryRetention;
import io.cite.core.usecase.deploy.ActivateDeployment;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Old builds and deployments are deleted; what is used stays, whatever its age. */
class HistoryRetentionTest {
  private final World world = new World();

  private void deploy(int count) {
    world.create();
    for (int i = 1; i <= count; i++) {
      world.pushAndBuild("commit " + i);
      // the rollouts that nobody needs are deleted meanwhile
      world.pass(Duration.ofHours(2));
    }
  }

  /** All that is there grows old; then the environment has something to do again. */
  private void growOld() {
    world.clock.advance(world.settings.keepHistory().plus(Duration.ofDays(1)));
    world.pushAndBuild("after a long time");
  }

  private List<Long> deployments() {
    return world.deployments().stream().map(Deployment::seq).sorted().toList();
  }

  private List<Long> builds() {
    return world.builds().stream().map(Build::number).sorted().toList();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void keepsTheNewestOnes() {
    deploy(HistoryRetention.NEWEST + 5);
    assertThat(deployments()).isEqualTo(numbers(1, 25));

    growOld();

    assertThat(deployments()).isEqualTo(numbers(7, 26));
    assertThat(builds()).isEqualTo(numbers(7, 26));
    Invariants.check(world);
  }

  @Test
  void keepsEverythingThatIsNotOld() {
    deploy(HistoryRetention.NEWEST + 5);

    assertThat(deployments()).isEqualTo(numbers(1, 25));
    assertThat(builds()).isEqualTo(numbers(1, 25));
  }

  @Test
  void keepsWhatIsLiveHoweverManyCameAfterIt() {
    deploy(1);
    world.cluster.failRolloutsOf(spec -> true);
    for (int i = 1; i <= HistoryRetention.NEWEST + 5; i++) {
      world.pushAndBuild("crashes " + i);
      world.pass(Duration.ofMinutes(15));
    }
    CommitId live = world.live().commit();

    growOld();

    assertThat(world.live().commit()).isEqualTo(live);
    assertThat(deployments()).startsWith(1L, 8L).endsWith(27L);
    assertThat(builds()).startsWith(1L, 8L).endsWith(27L);
  }

  @Test
  void numbersGoOnAfterwards() {
    deploy(HistoryRetention.NEWEST + 5);
    growOld();

    world
        .useCases
        .activateDeployment()
        .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 7));
    world.settle();

    assertThat(world.live().seq()).isEqualTo(27);
    Invariants.check(world);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentState.Observed;
import io.cite.core.port.cluster.RolloutId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people see of the cluster stands in the store, as the leader last saw it. */
class ReadModelTest {
  private final World world = new World();

  private static RolloutId rollout(long seq) {
    return new RolloutId(World.ENVIRONMENT, seq);
  }

  private Observed observed() {
    Observed observed = world.environment().state().observed();
    assertThat(observed).isNotNull();
    return observed;
  }

  @Test
  void followsThePodsOfWhatIsLive() {
    world.create();
    world.pushAndBuild("second");
    assertThat(world.environment().readyPods()).isEqualTo(2);

    world.clock.advance(Duration.ofMinutes(1));
    world.cluster.makeUnready(rollout(1));
    world.settle();
    assertThat(world.environment().readyPods()).isZero();
    assertThat(observed().at()).isEqualTo(world.clock.instant());

    world.cluster.makeReady(rollout(1));
    world.settle();
    assertThat(world.environment().readyPods()).isEqualTo(2);
  }

  @Test
  void isWrittenOnlyWhenItChanges() {
    world.create();
    world.pushAndBuild("second");
    Observed before = observed();

    world.pass(Duration.ofHours(1));
    world.resync();
    world.settle();

    assertThat(observed()).isEqualTo(before);
  }

  @Test
  void isOfTheRolloutThatTheTrafficWentToLast() {
    world.create();
    world.pushAndBuild("second");
    world.pushAndBuild("third");

    assertThat(observed().rollout()).isEqualTo(2);
    assertThat(world.environment().readyPods()).isEqualTo(2);
  }

  @Test
  void isReadWithoutACallToTheCluster() {
    world.create();
    world.pushAndBuild("second");
    world.faults.arm();

    assertThat(world.useCases.catalogue().services(null, 10)).hasSize(1);

    assertThat(world.faults.calls())
        .isNotEmpty()
        .allMatch(call -> call.startsWith("MetadataStore."));
  }
}

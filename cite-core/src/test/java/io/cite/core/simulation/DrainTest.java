package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.TimelineEntry;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.CancelDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the pods that lost the traffic, and of what is left as a standby. */
class DrainTest {
  private static final Duration DELAY = Duration.ofSeconds(10);
  private static final Duration BREATH = Duration.ofSeconds(1);

  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private static RolloutId rollout(long seq) {
    return new RolloutId(World.ENVIRONMENT, seq);
  }

  private Deployment deployment(long seq) {
    return world.deployments().stream().filter(d -> d.seq() == seq).findFirst().orElseThrow();
  }

  private int pods(long seq) {
    return world.cluster.rollouts().observe(rollout(seq)).wanted();
  }

  private List<String> story(long seq) {
    return deployment(seq).timeline().entries().stream().map(TimelineEntry::text).toList();
  }

  private void twoDeployments() {
    world.create();
    world.pushAndBuild("second");
    world.pushAndBuild("third");
  }

  private void activate(long seq) {
    world
        .useCases
        .activateDeployment()
        .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, seq));
    world.settle();
  }

  @Test
  void thePodsThatHadTheTrafficEndAfterTheDelayAndOthersTakeTheirPlace() {
    twoDeployments();
    world.pass(DELAY.minus(BREATH));
    assertThat(world.cluster.hasKnownPods(rollout(1))).isTrue();
    assertThat(deployment(1).isSettled()).isFalse();

    world.pass(BREATH);
    assertThat(world.cluster.hasKnownPods(rollout(1))).isFalse();
    assertThat(pods(1)).isEqualTo(2);
    assertThat(story(2))
        .last()
        .isEqualTo(
            "drained: the pods of deployment 1 that had the traffic have ended, 10 s after the"
                + " switch");
    assertThat(story(1)).endsWith("drained: its pods from before the switch have ended");
    assertThat(deployment(1).isSettled()).isTrue();
  }

  @Test
  void theStandbyLosesItsPodsAfterItsTime() {
    twoDeployments();
    world.pass(Duration.ofMinutes(15).minus(BREATH));
    assertThat(pods(1)).isEqualTo(2);

    world.pass(BREATH);
    assertThat(pods(1)).isZero();
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).contains(rollout(1));
  }

  @Test
  void onlyTheLastOneThatWasLiveIsAStandby() {
    twoDeployments();
    world.pass(DELAY);
    world.pushAndBuild("fourth");

    assertThat(pods(1)).isZero();
    assertThat(pods(2)).isEqualTo(2);
    world.pass(DELAY);
    assertThat(pods(2)).isEqualTo(2);
    assertThat(world.cluster.hasKnownPods(rollout(2))).isFalse();
  }

  @Test
  void aVersionThatSomebodyRolledBackFromIsDrainedAtOnceAndKeepsNoPods() {
    twoDeployments();
    activate(1);

    assertThat(Objects.requireNonNull(world.live()).rolloutSeq()).isEqualTo(1);
    assertThat(pods(2)).isZero();
    assertThat(world.cluster.hasKnownPods(rollout(2))).isFalse();
    assertThat(story(3)).last().asString().contains("deployment 2", "0 s after the switch");
  }

  @Test
  void whoRollsBackBeforeTheDrainKeepsThePods() {
    twoDeployments();
    world.pass(DELAY.minus(BREATH));
    activate(1);
    world.pass(DELAY);

    assertThat(deployment(1).drain()).isNull();
    assertThat(world.cluster.hasKnownPods(rollout(1))).isTrue();
    assertThat(pods(1)).isEqualTo(2);
  }

  @Test
  void whoRollsBackToARolloutWithoutPodsStartsThemBeforeTheSwitch() {
    twoDeployments();
    world.pass(Duration.ofMinutes(20));
    assertThat(pods(1)).isZero();
    world.cluster.readyAtOnce(false);
    activate(1);
    assertThat(deployment(3).state()).isEqualTo(DeploymentState.ROLLING_OUT);
    assertThat(pods(1)).isEqualTo(2);
    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(2);

    world.cluster.makeReady(rollout(1));
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(3);
    assertThat(deployment(3).rollout().readyPods()).isEqualTo(2);
  }

  @Test
  void aRollbackThatIsCancelledLeavesTheDrainWhereItWas() {
    twoDeployments();
    world.pass(Duration.ofMinutes(20));
    world.cluster.readyAtOnce(false);
    activate(1);
    world
        .useCases
        .cancelDeployment()
        .execute(new CancelDeployment.Command(World.CALLER, World.ENVIRONMENT, 3));
    world.settle();

    assertThat(pods(1)).isZero();
    assertThat(deployment(1).state()).isEqualTo(DeploymentState.RETIRED);
  }

  @Test
  void aPodThatTakesItsTimeToEndIsWaitedFor() {
    twoDeployments();
    world.cluster.endAtOnce(false);
    world.pass(DELAY.plusSeconds(20));
    assertThat(deployment(1).isDraining()).isTrue();
    assertThat(pods(1)).as("the standby does not wait for that").isEqualTo(2);
    assertThat(story(2)).isNotEmpty().noneMatch(text -> text.startsWith("drained"));

    world.cluster.endAtOnce(true);
    world.cluster.endPods(rollout(1));
    world.settle();
    assertThat(deployment(1).isDraining()).isFalse();
    assertThat(story(2)).last().asString().contains("30 s after the switch");
  }

  @Test
  void nothingEndsWhileNoPodTakesTheTraffic() {
    world.create();
    world.pushAndBuild("second");
    world.cluster.takeNoTraffic(rollout -> true);
    world.pushAndBuild("third");
    world.pass(Duration.ofSeconds(29));
    assertThat(world.cluster.hasKnownPods(rollout(1))).isTrue();

    world.cluster.takeNoTraffic(rollout -> false);
    world.settle();
    world.pass(DELAY.minus(BREATH));
    assertThat(world.cluster.hasKnownPods(rollout(1))).isTrue();
    world.pass(BREATH);
    assertThat(world.cluster.hasKnownPods(rollout(1))).isFalse();
  }

  @Test
  void theNextProcessGoesOnWithADrain() {
    twoDeployments();
    world.restart();
    world.pass(DELAY);

    assertThat(world.cluster.hasKnownPods(rollout(1))).isFalse();
    assertThat(deployment(1).isDraining()).isFalse();
  }

  @Test
  void theTrafficDoesNotGoToARolloutThatLostPodsMeanwhile() {
    AtomicBoolean switching = new AtomicBoolean();
    ClusterLens lens =
        (call, arguments) -> {
          if (call.equals("TrafficRouter.switchTraffic") && switching.get()) {
            throw Upstream.retryable("Kubernetes", "switch", "it is down", null);
          }
        };
    World other = new World(lens::over);
    other.create();
    other.pushAndBuild("second");
    switching.set(true);
    other.pushAndBuild("third");
    assertThat(other.deployments().get(0).state()).isEqualTo(DeploymentState.READY);

    other.cluster.makeUnready(rollout(2));
    switching.set(false);
    other.pass(Duration.ofMinutes(1));
    assertThat(Objects.requireNonNull(other.live()).seq()).isEqualTo(1);

    other.cluster.makeReady(rollout(2));
    other.settle();
    assertThat(Objects.requireNonNull(other.live()).seq()).isEqualTo(2);
  }

  @Test
  void aReadyRolloutThatLosesItsPodsForGoodFailsAtItsDeadline() {
    AtomicBoolean switching = new AtomicBoolean(true);
    ClusterLens lens =
        (call, arguments) -> {
          if (call.equals("TrafficRouter.switchTraffic") && switching.get()) {
            throw Upstream.retryable("Kubernetes", "switch", "it is down", null);
          }
        };
    World other = new World(lens::over);
    other.create();
    other.pushAndBuild("second");
    other.cluster.makeUnready(rollout(1));
    switching.set(false);
    other.pass(Duration.ofMinutes(11));

    assertThat(other.deployments().get(0).state()).isEqualTo(DeploymentState.FAILED);
    assertThat(other.deployments().get(0).cause()).startsWith("not ready within 600 s: 0 of 2");
  }

  @Test
  void aFormerLeaderThatEndsThePodsOfTheLiveRolloutIsCorrected() {
    twoDeployments();
    world.cluster.rollouts().scale(rollout(2), 0);
    world.settle();

    assertThat(pods(2)).isEqualTo(2);
  }
}

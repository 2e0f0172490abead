package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.usecase.deploy.CancelDeployment;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when no pod takes the traffic that was switched to it. */
class PostSwitchCheckTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private Deployment deployment(long seq) {
    return world.deployments().stream().filter(d -> d.seq() == seq).findFirst().orElseThrow();
  }

  private CommitId secondLiveThirdWithoutEndpoints() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.cluster.takeNoTraffic(rollout -> rollout.seq() == 2);
    world.pushAndBuild("third");
    return second;
  }

  @Test
  void aDeploymentIsConfirmedByTheFirstPodThatTakesTraffic() {
    world.create();
    world.cluster.takeNoTraffic(rollout -> true);
    world.pushAndBuild("second");
    assertThat(deployment(1).awaitsConfirmation()).isTrue();
    assertThat(deployment(1).host().reported()).isEqualTo(ReportedState.SUCCESS);

    world.cluster.takeNoTraffic(rollout -> false);
    world.settle();
    assertThat(deployment(1).awaitsConfirmation()).isFalse();
    assertThat(deployment(1).isSettled()).isTrue();
  }

  @Test
  void trafficGoesBackWhereNoPodTakesItInTime() {
    CommitId second = secondLiveThirdWithoutEndpoints();
    assertThat(deployment(2).state()).isEqualTo(DeploymentState.LIVE);
    world.pass(Duration.ofSeconds(29));
    assertThat(deployment(2).state()).isEqualTo(DeploymentState.LIVE);
    world.pass(Duration.ofSeconds(2));

    Deployment failed = deployment(2);
    assertThat(failed.state()).isEqualTo(DeploymentState.FAILED);
    assertThat(failed.cause()).startsWith("no pod took traffic within 30 s of the switch");
    assertThat(
            world.source.reports(
                World.REPOSITORY, Objects.requireNonNull(failed.host().githubId())))
        .containsExactly(ReportedState.PENDING, ReportedState.SUCCESS, ReportedState.FAILURE);
    Deployment live = Objects.requireNonNull(world.live());
    assertThat(live.commit()).isEqualTo(second);
    assertThat(live.origin()).isEqualTo(Origin.ROLLBACK);
    assertThat(live.identity().requestedBy()).isEqualTo("cite");
    assertThat(live.rolloutSeq()).isEqualTo(1);
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT))
        .containsExactly(new RolloutId(World.ENVIRONMENT, 1));
    assertThat(world.notices())
        .anyMatch(title -> title.startsWith("deployment 2 of acme/hello/main failed"))
        .anyMatch(title -> title.startsWith("deployment 3 of acme/hello/main is live"));
  }

  @Test
  void thePodsThatCrashAfterTheSwitchTellTheCause() {
    world.create();
    world.pushAndBuild("second");
    world.cluster.takeNoTraffic(rollout -> rollout.seq() == 2);
    world.pushAndBuild("third");
    world.cluster.failRolloutsOf(spec -> spec.id().seq() == 2);
    world.cluster.makeUnready(new RolloutId(World.ENVIRONMENT, 2));
    world.pass(LONG);

    assertThat(deployment(2).cause()).contains("0 of 2 pods ready", "CrashLoopBackOff");
    assertThat(Objects.requireNonNull(deployment(2).outcome().evidence()).log())
        .contains("it crashed");
  }

  @Test
  void theNextCommitDeploysByItselfAndTheFailedOneDoesNot() {
    secondLiveThirdWithoutEndpoints();
    CommitId third = deployment(2).commit();
    world.pass(LONG);
    assertThat(world.environment().state().pinnedBy()).isNull();
    assertThat(world.environment().state().quarantined()).isEqualTo(third);

    CommitId fourth = world.pushAndBuild("fourth");
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(fourth);
  }

  @Test
  void whereThereIsNothingToGoBackToTheTrafficStays() {
    world.create();
    world.cluster.takeNoTraffic(rollout -> true);
    world.pushAndBuild("second");
    world.pass(LONG);

    Deployment d = deployment(1);
    assertThat(d.state()).isEqualTo(DeploymentState.LIVE);
    assertThat(d.hasNoEndpoints()).isTrue();
    assertThat(d.host().reported()).isEqualTo(ReportedState.FAILURE);
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(1);

    world.cluster.takeNoTraffic(rollout -> false);
    world.settle();
    assertThat(deployment(1).hasNoEndpoints()).isFalse();
    assertThat(deployment(1).host().reported()).isEqualTo(ReportedState.SUCCESS);
  }

  @Test
  void trafficStaysWhileThePreviousPodsAreNotReadyEither() {
    secondLiveThirdWithoutEndpoints();
    world.cluster.makeUnready(new RolloutId(World.ENVIRONMENT, 1));
    world.pass(LONG);
    assertThat(deployment(2).hasNoEndpoints()).isTrue();
    assertThat(world.deployments()).hasSize(2);

    world.cluster.makeReady(new RolloutId(World.ENVIRONMENT, 1));
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).rolloutSeq()).isEqualTo(1);
  }

  @Test
  void trafficGoesFurtherBackWhereThePreviousPodsTakeNoneEither() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.pushAndBuild("third");
    world.cluster.takeNoTraffic(rollout -> rollout.seq() > 1);
    world.pushAndBuild("fourth");
    world.pass(Duration.ofMinutes(5));

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(second);
    assertThat(world.deployments()).hasSize(5);
  }

  @Test
  void goingBackEndsSomewhereWhereNoPodsTakeTrafficAtAll() {
    world.create();
    world.pushAndBuild("second");
    world.pushAndBuild("third");
    world.cluster.takeNoTraffic(rollout -> true);
    world.pushAndBuild("fourth");
    world.pass(Duration.ofMinutes(30));

    assertThat(world.deployments()).hasSize(5);
    assertThat(Objects.requireNonNull(world.live()).hasNoEndpoints()).isTrue();
  }

  @Test
  void aNewerDeploymentOnItsWayIsWaitedFor() {
    CommitId second = secondLiveThirdWithoutEndpoints();
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("fourth");
    world.pass(LONG);
    assertThat(deployment(2).hasNoEndpoints()).isTrue();
    assertThat(deployment(3).state()).isEqualTo(DeploymentState.ROLLING_OUT);

    world.pass(Duration.ofMinutes(10));
    assertThat(deployment(3).state()).isEqualTo(DeploymentState.FAILED);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(second);
  }

  @Test
  void aNewerDeploymentTakesTheTrafficFromOneThatNobodyServes() {
    secondLiveThirdWithoutEndpoints();
    world.cluster.readyAtOnce(false);
    CommitId fourth = world.pushAndBuild("fourth");
    world.pass(LONG);
    world.cluster.makeReady(new RolloutId(World.ENVIRONMENT, 3));
    world.settle();

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(fourth);
    assertThat(deployment(2).state()).isEqualTo(DeploymentState.FAILED);
  }

  @Test
  void whoStopsGoingBackIsObeyed() {
    secondLiveThirdWithoutEndpoints();
    world.cluster.readyAtOnce(false);
    world.useCases.updateEnvironment().execute(EnvironmentChange.replicas(3));
    world.pass(Duration.ofSeconds(40));
    assertThat(deployment(3).state()).isEqualTo(DeploymentState.ROLLING_OUT);
    world
        .useCases
        .cancelDeployment()
        .execute(new CancelDeployment.Command(World.CALLER, World.ENVIRONMENT, 3));
    world.pass(LONG);

    assertThat(world.deployments()).hasSize(3);
    assertThat(deployment(2).hasNoEndpoints()).isTrue();
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(2);
  }

  @Test
  void thePreviousRolloutIsKeptUntilTheNewOneIsConfirmed() {
    secondLiveThirdWithoutEndpoints();
    world.cluster.makeUnready(new RolloutId(World.ENVIRONMENT, 1));
    world.pass(Duration.ofHours(3));
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(2);

    world.cluster.takeNoTraffic(rollout -> false);
    world.settle();
    world.pass(Duration.ofHours(2));
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(1);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.CancelDeployment;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rollouts from end to end, in memory: those that fail, are replaced, cancelled or rolled back. */
class RolloutFlowTest {
  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  @Test
  void aCrashingRolloutFailsWithItsCauseAndLeavesTheOldOneLive() {
    world.create();
    CommitId good = world.pushAndBuild("second");
    world.cluster.failRolloutsOf(spec -> !spec.commit().equals(good));
    world.pushAndBuild("third");

    Deployment failed = world.deployments().get(0);
    assertThat(failed.state()).isEqualTo(DeploymentState.FAILED);
    assertThat(failed.cause()).contains("CrashLoopBackOff");
    assertThat(Objects.requireNonNull(failed.outcome().evidence()).log()).contains("it crashed");
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(good);
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(1);
  }

  @Test
  void aRolloutThatNeverGetsReadyFailsAtItsDeadline() {
    world.create();
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("second");
    assertThat(world.deployments().get(0).state()).isEqualTo(DeploymentState.ROLLING_OUT);

    world.pass(Duration.ofMinutes(11));
    assertThat(world.deployments().get(0).state()).isEqualTo(DeploymentState.FAILED);
    assertThat(world.deployments().get(0).cause()).contains("not ready within 600 s: 0 of 2");
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).isEmpty();
  }

  @Test
  void aNewerDeploymentSupersedesOneThatIsRollingOut() {
    world.create();
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("second");
    CommitId third = world.pushAndBuild("third");
    assertThat(world.deployments().get(1).state()).isEqualTo(DeploymentState.SUPERSEDED);

    world.cluster.makeReady(new io.cite.core.port.cluster.RolloutId(World.ENVIRONMENT, 2));
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(third);
  }

  @Test
  void aCancelledDeploymentNeverBecomesLive() {
    world.create();
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("second");
    world
        .useCases
        .cancelDeployment()
        .execute(new CancelDeployment.Command(World.CALLER, World.ENVIRONMENT, 1));
    world.settle();

    assertThat(world.deployments().get(0).state()).isEqualTo(DeploymentState.CANCELLED);
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).isEmpty();
  }

  @Test
  void aRollbackSwitchesAtOnceAndPins() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.pushAndBuild("third");
    world.cluster.readyAtOnce(false);
    world
        .useCases
        .activateDeployment()
        .execute(
            new ActivateDeployment.Command(
                World.CALLER, World.ENVIRONMENT, 1, "The prices are wrong"));
    world.settle();

    Deployment live = Objects.requireNonNull(world.live());
    assertThat(live.commit()).isEqualTo(second);
    assertThat(live.timeline().entries().get(0).text())
        .isEqualTo("rollback to deployment 1 requested by tester: The prices are wrong");
    assertThat(live.seq()).isEqualTo(3);
    assertThat(live.rolloutSeq()).isEqualTo(1);
    assertThat(world.environment().state().pinnedBy()).isEqualTo("tester");

    world.cluster.readyAtOnce(true);
    world.pushAndBuild("fourth");
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(second);
    assertThat(world.builds().get(0).decision()).contains("pinned by tester");
  }

  @Test
  void aRollbackMakesThePodsAgainWhereTheyAreGone() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.pushAndBuild("third");
    world.pass(Duration.ofHours(2));
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(1);

    world
        .useCases
        .activateDeployment()
        .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 1));
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(second);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.usecase.create.AddEnvironment;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.RequestDeployment;
import io.cite.core.usecase.operate.ClearPin;
import io.cite.core.usecase.operate.PendingCommit;
import io.cite.core.usecase.operate.PendingCommit.Order;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is held back is said, with the order that releases it; and what is released goes live. */
class HeldBackTest {
  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private void rollBackTo(long seq) {
    world
        .useCases
        .activateDeployment()
        .execute(
            new ActivateDeployment.Command(
                World.CALLER, World.ENVIRONMENT, seq, "The prices are wrong"));
    world.settle();
  }

  private void release() {
    world.useCases.clearPin().execute(new ClearPin.Command(World.CALLER, World.ENVIRONMENT));
  }

  private void createAndBuild() {
    world.order();
    world.settle();
    world.build(true);
    world.settle();
  }

  private CommitId liveCommit() {
    return Objects.requireNonNull(world.live()).commit();
  }

  private PendingCommit pending() {
    return Objects.requireNonNull(world.environment().pendingCommit());
  }

  private void set(@Nullable Variables variables, Map<String, Secret> secrets) {
    world.useCases.updateEnvironment().execute(EnvironmentChange.variables(variables, secrets));
    world.settle();
  }

  @Test
  void theNewestCommitBuiltWhilePinnedGoesLiveOnceThePinIsCleared() {
    world.create();
    world.pushAndBuild("second");
    world.pushAndBuild("third");
    rollBackTo(1);
    world.pushAndBuild("fourth");
    CommitId fifth = world.pushAndBuild("fifth");

    var hold = world.environment().state().hold();
    assertThat(hold.pinnedBy()).isEqualTo("tester");
    assertThat(hold.reason()).isEqualTo("The prices are wrong");
    assertThat(hold.pinnedAt()).isNotNull();
    assertThat(pending().commit()).isEqualTo(fifth);
    assertThat(pending().order()).isEqualTo(Order.RELEASE);
    assertThat(pending().reason()).contains("tester", "The prices are wrong");

    release();
    assertThat(pending().commit()).isEqualTo(fifth);
    assertThat(pending().order()).isNull();
    world.settle();

    assertThat(liveCommit()).isEqualTo(fifth);
    assertThat(Objects.requireNonNull(world.live()).origin()).isEqualTo(Origin.AUTO);
    assertThat(world.environment().pendingCommit()).isNull();
    // the one before it is not deployed on the way
    assertThat(world.deployments()).hasSize(4);
    assertThat(world.audit.list(null, 100))
        .anyMatch(
            one ->
                one.entry().detail().startsWith("was pinned by tester since ")
                    && one.entry().detail().endsWith(", because: The prices are wrong"));
  }

  @Test
  void whatWasRolledBackWaitsForAPersonAlsoOnceThePinIsCleared() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    CommitId third = world.pushAndBuild("third");
    rollBackTo(1);
    release();
    world.settle();

    assertThat(liveCommit()).isEqualTo(second);
    assertThat(pending().commit()).isEqualTo(third);
    assertThat(pending().reason()).contains("rolled back");
    assertThat(pending().order()).isEqualTo(Order.DEPLOY);
  }

  @Test
  void theNewestCommitBuiltMeanwhileGoesLiveOnceAutoDeployIsOnAgain() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    AutoDeploySwitch.off(world);
    world.pushAndBuild("third");
    CommitId fourth = world.pushAndBuild("fourth");
    assertThat(liveCommit()).isEqualTo(second);
    assertThat(pending().commit()).isEqualTo(fourth);
    assertThat(pending().reason()).isEqualTo("Auto-deploy is off.");
    assertThat(pending().order()).isEqualTo(Order.DEPLOY);

    AutoDeploySwitch.on(world);

    assertThat(liveCommit()).isEqualTo(fourth);
    assertThat(world.deployments()).hasSize(2);
    assertThat(world.environment().pendingCommit()).isNull();
  }

  @Test
  void anOlderCommitIsNotDeployedOnceAutoDeployIsOnAgain() {
    world.create();
    world.pushAndBuild("second");
    CommitId third = world.pushAndBuild("third");
    AutoDeploySwitch.off(world);
    AutoDeploySwitch.on(world);

    assertThat(liveCommit()).isEqualTo(third);
    assertThat(world.deployments()).hasSize(2);
  }

  @Test
  void aReleaseThatACrashInterruptsTakesEffectOnce() {
    world.create();
    world.pushAndBuild("second");
    AutoDeploySwitch.off(world);
    CommitId third = world.pushAndBuild("third");
    world.closeEngine();
    AutoDeploySwitch.environment(world, true);
    world.restart();
    world.settle();
    world.restart();
    world.settle();

    assertThat(liveCommit()).isEqualTo(third);
    assertThat(world.deployments()).hasSize(2);
  }

  @Test
  void aServiceIsBuiltAndDeployedWithoutAPush() {
    createAndBuild();

    assertThat(world.builds()).hasSize(1);
    assertThat(world.builds().get(0).request().origin()).isEqualTo(BuildOrigin.MANUAL);
    assertThat(world.builds().get(0).request().by()).isEqualTo("tester");
    assertThat(liveCommit())
        .isEqualTo(world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow());
  }

  @Test
  void withoutAutoDeployANewServiceSaysHowItIsBuilt() {
    world.create();

    assertThat(world.builds()).isEmpty();
    assertThat(pending().order()).isEqualTo(Order.BUILD);
    assertThat(pending().build()).isNull();
  }

  @Test
  void anAddedBranchIsBuiltAndDeployedWithoutAPush() {
    createAndBuild();
    BranchName side = BranchName.parse("side");
    CommitId commit =
        world.source.push(World.REPOSITORY, side, "side", Map.of("Dockerfile", "FROM scratch\n"));
    world.settle();
    world
        .useCases
        .addEnvironment()
        .execute(new AddEnvironment.Command(World.CALLER, World.SERVICE, side));
    world.settle();
    world.build(true);
    world.settle();

    var added = world.catalogue().environment(new EnvironmentId(World.SERVICE, side));
    assertThat(Objects.requireNonNull(added.live()).commit()).isEqualTo(commit);
    assertThat(world.catalogue().builds(new EnvironmentId(World.SERVICE, side))).hasSize(1);
  }

  @Test
  void changedSettingsAreSaidUntilADeploymentHasThem() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    assertThat(world.environment().pendingSettings()).isEmpty();

    set(new Variables(Map.of("A", "1")), Map.of("K", Secret.of("hidden-value")));
    assertThat(world.environment().pendingSettings()).containsExactly("secrets.K", "variables.A");
    set(Variables.none(), Map.of());
    assertThat(world.environment().pendingSettings()).containsExactly("secrets.K");

    world
        .useCases
        .requestDeployment()
        .execute(new RequestDeployment.Command(World.CALLER, World.ENVIRONMENT, second, null));
    world.settle();
    assertThat(world.environment().pendingSettings()).isEmpty();

    set(null, Map.of("K", Secret.of("another-value")));
    assertThat(world.environment().pendingSettings()).containsExactly("secrets.K");
    assertThat(world.store.list("/cite/").toString()).doesNotContain("hidden-value");
  }

  @Test
  void aRollbackHasTheSettingsOfThePodsThatItUsesAgain() {
    world.create();
    world.pushAndBuild("second");
    set(new Variables(Map.of("A", "1")), Map.of());
    world.pushAndBuild("third");
    assertThat(world.environment().pendingSettings()).isEmpty();

    rollBackTo(1);

    assertThat(world.environment().pendingSettings()).containsExactly("variables.A");
    world.pass(Duration.ofHours(1));
    assertThat(world.environment().pendingSettings()).containsExactly("variables.A");
  }
}

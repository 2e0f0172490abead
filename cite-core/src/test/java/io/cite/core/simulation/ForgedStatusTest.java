package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.usecase.build.RequestBuild;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever may push can write commit statuses. Only what CITE ordered or the builder confirms is
 * deployed.
 */
class ForgedStatusTest {
  private final World world = new World();

  @BeforeEach
  void create() {
    world.create();
  }

  private long rejections() {
    return world.audit.list(null, 1_000).stream()
        .filter(stored -> stored.entry().action().code().equals("build.reject"))
        .count();
  }

  private static String success(CommitId commit) {
    return "Build success. imageName:" + World.image(commit);
  }

  private CommitId pushed() {
    CommitId commit = world.push("pushed");
    world.settle();
    return commit;
  }

  @Test
  void aSuccessOfABuildThatTheBuilderNeverBeganIsNotDeployed() {
    CommitId commit = pushed();
    world.registry.push(World.image(commit));
    world.worker.forge(commit, CommitStatus.State.SUCCESS, success(commit));
    world.settle();

    assertThat(world.builds())
        .singleElement()
        .extracting(Build::state)
        .isEqualTo(BuildState.QUEUED);
    assertThat(world.deployments()).isEmpty();
    assertThat(world.environment().state().attention())
        .contains("was not believed", commit.abbreviated());
    assertThat(rejections()).isEqualTo(1);

    world.build(true);
    world.settle();
    assertThat(world.builds()).hasSize(1);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
  }

  @Test
  void aSuccessOfABuildThatFailedIsNotDeployed() {
    CommitId commit = pushed();
    world.registry.push(World.image(commit));
    world.worker.run(commit, CommitStatus.State.FAILURE, "Build failure.");
    world.worker.forge(commit, CommitStatus.State.SUCCESS, success(commit));
    world.settle();

    assertThat(world.deployments()).isEmpty();
    assertThat(rejections()).isEqualTo(1);
  }

  @Test
  void anImageThatTheBuildDidNotMakeIsNotDeployed() {
    CommitId commit = pushed();
    String other =
        World.image(commit).toString().substring(0, "registry.invalid/acme/hello:".length() + 12);
    world.worker.run(commit, CommitStatus.State.SUCCESS, success(commit));
    world.worker.forge(commit, CommitStatus.State.SUCCESS, "imageName:" + other);
    world.settle();

    assertThat(world.deployments()).isEmpty();
    assertThat(world.environment().state().attention()).contains("made the image " + other);
    assertThat(rejections()).isEqualTo(1);
  }

  @Test
  void aForgedSuccessMakesNoBuildWhereNoneWasExpected() {
    world.pushAndBuild("second");
    CommitId quiet = world.push("quiet");
    world.loseMail();
    world.worker.forge(quiet, CommitStatus.State.SUCCESS, success(quiet));
    world.settle();

    assertThat(world.builds()).hasSize(1);
    assertThat(world.environment().state().attention()).contains("was not believed");
    assertThat(rejections()).isEqualTo(1);
  }

  @Test
  void aSuccessWaitsWhileTheBuilderCannotBeAsked() {
    CommitId commit = pushed();
    world.builder.away(true);
    world.build(true);
    world.settle();
    world.pass(Duration.ofMinutes(90));

    assertThat(world.deployments()).isEmpty();
    Build build = world.builds().get(0);
    assertThat(build.state().isFinal()).isFalse();
    assertThat(build.cause()).contains("waits for the builder to confirm the success");
    assertThat(world.environment().state().attention()).isEqualTo(build.cause());
    assertThat(world.failures.size()).as("tries in 90 minutes").isBetween(20, 200);

    world.builder.away(false);
    world.pass(Duration.ofMinutes(2));
    assertThat(world.builds())
        .singleElement()
        .extracting(Build::state)
        .isEqualTo(BuildState.SUCCEEDED);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
    assertThat(world.environment().state().attention()).isNull();
    assertThat(rejections()).isZero();
  }

  private CommitId ordered() {
    CommitId commit = pushed();
    world.build(false);
    world.settle();
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit));
    world.settle();
    world.builder.away(true);
    return commit;
  }

  @Test
  void aSuccessOfABuildThatCiteOrderedCountsThoughTheBuilderCannotBeAsked() {
    CommitId commit = ordered();
    world.registry.push(World.image(commit));
    world.worker.forge(commit, CommitStatus.State.SUCCESS, success(commit));
    world.settle();

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
    assertThat(rejections()).isZero();
  }

  @Test
  void anOrderDoesNotWaitUntilTheBuilderCanBeAsked() {
    CommitId commit = pushed();
    world.build(false);
    world.settle();
    world.builder.away(true);
    int requests = world.builder.requests().size();
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit));
    world.settle();

    assertThat(world.builder.requests()).hasSize(requests + 1);
    world.registry.push(World.image(commit));
    world.worker.forge(commit, CommitStatus.State.SUCCESS, success(commit));
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
  }

  @Test
  void theImageOfAnotherCommitIsNotTakenForABuildThatCiteOrdered() {
    CommitId other = world.pushAndBuild("other");
    CommitId commit = ordered();
    world.worker.forge(commit, CommitStatus.State.SUCCESS, success(other));
    world.settle();

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(other);
    assertThat(world.builds())
        .filteredOn(build -> build.commit().equals(commit))
        .extracting(Build::state)
        .containsExactlyInAnyOrder(BuildState.FAILED, BuildState.ERRORED);
  }

  @Test
  void aForgedSuccessIsNotDeployedWhenTheBuilderIsBack() {
    CommitId commit = pushed();
    world.registry.push(World.image(commit));
    world.builder.away(true);
    world.worker.forge(commit, CommitStatus.State.SUCCESS, success(commit));
    world.settle();
    world.builder.away(false);
    world.pass(Duration.ofMinutes(2));

    assertThat(world.deployments()).isEmpty();
    assertThat(rejections()).isEqualTo(1);
    assertThat(world.environment().state().attention()).contains("was not believed");
  }
}

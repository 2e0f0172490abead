package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.error.Conflict;
import io.cite.core.error.NotFound;
import io.cite.core.port.BuilderRun;
import io.cite.core.usecase.build.CancelBuild;
import io.cite.core.usecase.build.RequestBuild;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person cancels a build, whether the builder stops or not. */
class CancelledBuildTest {
  private final World world = new World();
  private CommitId commit;

  @BeforeEach
  void start() {
    world.create();
    commit = world.push("pushed");
    world.settle();
    world.status(commit, CommitStatus.State.PENDING, "Build started.");
    world.settle();
  }

  private Build cancel(long number) {
    Build cancelled =
        world
            .useCases
            .cancelBuild()
            .execute(new CancelBuild.Command(World.CALLER, World.ENVIRONMENT, number));
    world.settle();
    return cancelled;
  }

  private void buildAgain() {
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit));
    world.settle();
  }

  private void succeed() {
    world.registry.push(World.image(commit));
    world.status(commit, CommitStatus.State.SUCCESS, "imageName:" + World.image(commit));
    world.settle();
  }

  private Build build(long number) {
    return world.builds().stream().filter(b -> b.number() == number).findFirst().orElseThrow();
  }

  @Test
  void endsAtOnceAndTheBuilderIsAskedToStop() {
    assertThat(cancel(1).state()).isEqualTo(BuildState.CANCELLED);
    assertThat(world.environment().state().attention()).isEqualTo("build 1: cancelled by tester");
    world.pass(Duration.ofSeconds(5));

    assertThat(build(1).cause()).isEqualTo("cancelled by tester");
    assertThat(build(1).awaitsStop()).isFalse();
    assertThat(world.builder.runs(World.REPOSITORY, commit))
        .extracting(BuilderRun::state)
        .containsExactly(BuilderRun.State.ERRORED);
  }

  @Test
  void isNoFailure() {
    cancel(1);
    world.pass(Duration.ofMinutes(2));

    assertThat(world.notices()).isNotEmpty().noneMatch(title -> title.contains("failed"));
    assertThat(world.source.reports().statuses(World.REPOSITORY, commit, World.CONTEXT))
        .last()
        .satisfies(
            status -> {
              assertThat(status.state()).isEqualTo(CommitStatus.State.ERROR);
              assertThat(status.description()).isEqualTo("Build cancelled by tester.");
            });
  }

  @Test
  void endsThoughTheBuilderDoesNotAnswer() {
    world.builder.away(true);
    cancel(1);
    world.pass(Duration.ofMinutes(3));

    assertThat(build(1).state()).isEqualTo(BuildState.CANCELLED);
    assertThat(build(1).awaitsStop()).isFalse();
    assertThat(world.environment().state().attention())
        .startsWith("build 1: cancelled by tester; the builder could not be stopped: ");
    world.builder.away(false);
    succeed();
    world.sweep();
    world.resync();

    assertThat(world.builds()).extracting(Build::number).containsExactly(1L);
    assertThat(world.deployments()).isEmpty();
  }

  @Test
  void doesNotDeployASuccessThatComesAfterIt() {
    cancel(1);
    world.pass(Duration.ofSeconds(5));
    world.worker.forge(commit, CommitStatus.State.SUCCESS, "imageName:" + World.image(commit));
    world.settle();
    world.sweep();

    assertThat(world.builds()).extracting(Build::state).containsExactly(BuildState.CANCELLED);
    assertThat(world.deployments()).isEmpty();
  }

  @Test
  void doesNotDeployWhatWasQueuedAndBegunAfterAll() {
    CommitId next = world.push("queued");
    world.settle();
    cancel(2);
    world.pass(Duration.ofSeconds(5));
    commit = next;
    world.status(commit, CommitStatus.State.PENDING, "Build started.");
    world.settle();
    succeed();
    world.sweep();

    assertThat(build(2).state()).isEqualTo(BuildState.CANCELLED);
    assertThat(world.builds()).extracting(Build::number).doesNotContain(3L);
    assertThat(world.deployments()).isEmpty();
  }

  @Test
  void isRefusedOnceTheBuildHasEnded() {
    succeed();

    assertThatThrownBy(() -> cancel(1))
        .isInstanceOf(Conflict.class)
        .hasMessage("Build 1 is SUCCEEDED already, so it cannot be cancelled");
    assertThatThrownBy(() -> cancel(7)).isInstanceOf(NotFound.class);
  }

  @Test
  void letsTheBuildBehindItGoOn() {
    buildAgain();
    assertThat(build(2).request().sent()).isFalse();
    cancel(1);
    world.pass(Duration.ofSeconds(5));
    assertThat(build(2).state()).isEqualTo(BuildState.QUEUED);
    assertThat(build(2).request().sent()).isTrue();

    world.build(true);
    world.settle();
    assertThat(build(2).state()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
  }

  @Test
  void doesNotTakeTheLastStatusOfTheCancelledBuildForTheNextOne() {
    buildAgain();
    world.builder.onCancel(other -> {});
    cancel(1);
    world.pass(Duration.ofSeconds(5));
    assertThat(build(2).request().sent()).as("the builder has not stopped").isFalse();

    world.status(commit, CommitStatus.State.ERROR, "Build cancelled.");
    world.pass(Duration.ofSeconds(5));
    assertThat(build(2).state()).isEqualTo(BuildState.QUEUED);
    assertThat(build(2).request().sent()).isTrue();
  }

  @Test
  void doesNotWaitForEverForABuilderThatDoesNotStop() {
    buildAgain();
    world.builder.onCancel(other -> {});
    cancel(1);
    world.pass(Duration.ofSeconds(70));

    assertThat(build(1).cause()).isEqualTo("cancelled by tester; the builder did not stop in time");
    assertThat(build(2).request().sent()).isTrue();
  }
}

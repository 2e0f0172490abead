package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.usecase.build.RequestBuild;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last status of a build is lost. CITE asks the builder and goes on. */
class OverdueBuildTest {
  private static final Duration UNKNOWN = Duration.ofMinutes(5);

  private final World world = new World();

  @BeforeEach
  void create() {
    world.create();
  }

  private CommitId running() {
    CommitId commit = world.push("pushed");
    world.settle();
    world.status(commit, CommitStatus.State.PENDING, "Build started.");
    world.settle();
    return commit;
  }

  private static String success(CommitId commit) {
    return "Build success. imageName:" + World.image(commit);
  }

  private void endUnheard(CommitId commit, CommitStatus.State state, String description) {
    world.registry.push(World.image(commit));
    world.worker.run(commit, state, description);
  }

  @Test
  void aSuccessWhoseStatusWasLostIsDeployed() {
    CommitId commit = running();
    endUnheard(commit, CommitStatus.State.SUCCESS, success(commit));
    world.pass(UNKNOWN.minusSeconds(1));
    assertThat(world.deployments()).isEmpty();

    world.pass(Duration.ofSeconds(1));

    assertThat(world.builds())
        .singleElement()
        .extracting(Build::state)
        .isEqualTo(BuildState.SUCCEEDED);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
  }

  @Test
  void aFailureWhoseStatusWasLostIsExplained() {
    CommitId commit = running();
    String url = "http://builder.invalid/logs/1";
    world.builder.putLog(new LogUrl(url), "no such command\n");
    world.worker.run(commit, CommitStatus.State.FAILURE, "Build failure. logURL:" + url);
    world.pass(UNKNOWN);

    Build build = world.builds().get(0);
    assertThat(build.state()).isEqualTo(BuildState.FAILED);
    assertThat(build.result().logTail()).contains("no such command");
  }

  @Test
  void theLostStatusMakesNoOtherBuildWhenItComesAfterAll() {
    CommitId commit = running();
    world.worker.run(commit, CommitStatus.State.FAILURE, "Build failure.");
    world.pass(UNKNOWN);
    world.worker.forge(commit, CommitStatus.State.FAILURE, "Build failure.");
    world.settle();

    assertThat(world.builds()).hasSize(1);
  }

  @Test
  void theBuilderIsAskedAfterTwiceTheUsualTime() {
    CommitId first = running();
    world.pass(Duration.ofSeconds(60));
    world.registry.push(World.image(first));
    world.status(first, CommitStatus.State.SUCCESS, success(first));
    world.settle();
    CommitId second = running();
    endUnheard(second, CommitStatus.State.SUCCESS, success(second));
    world.pass(Duration.ofSeconds(119));
    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.RUNNING);

    world.pass(Duration.ofSeconds(1));
    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void aBuildThatGoesOnIsAskedAboutAgainAndGivenUpAtItsDeadline() {
    running();
    world.faults.arm();
    world.pass(Duration.ofMinutes(61));

    assertThat(world.faults.calls().stream().filter("Builder.runs"::equals).count())
        .as("questions in an hour")
        .isBetween(8L, 13L);
    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.TIMED_OUT);
  }

  @Test
  void theResultOfAnEarlierBuildIsNotThatOfARebuild() {
    CommitId commit = world.push("pushed");
    world.settle();
    world.build(false);
    world.settle();
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit));
    world.settle();
    world.pass(Duration.ofMinutes(20));
    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.QUEUED);

    world.worker.run(commit, CommitStatus.State.PENDING, "Build started.");
    endUnheard(commit, CommitStatus.State.SUCCESS, success(commit));
    world.pass(UNKNOWN);
    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
  }
}

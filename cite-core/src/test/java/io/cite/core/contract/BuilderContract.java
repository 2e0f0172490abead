package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Builder} promises. */
public abstract class BuilderContract {
  /** A repository that the builder may be asked for. */
  protected static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");

  /** A commit of it. */
  protected static final Commit COMMIT =
      new Commit(
          CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
          "Say hello\n\nWith <b>\"quotes\"</b>.",
          "Ada <ada@example.com>",
          Instant.parse("2026-01-02T03:04:05Z"),
          "https://github.com/acme/hello/commit/0123456789abcdef0123456789abcdef01234567");

  private static final BranchName MAIN = BranchName.parse("main");

  /** An image of it. */
  protected static final ImageReference IMAGE =
      ImageReference.parse("registry.invalid/acme/hello:" + COMMIT.id());

  /** The builder under test. */
  protected abstract Builder builder();

  /** Makes a log with these lines and tells its URL. */
  protected abstract LogUrl givenLog(String... lines);

  /**
   * Makes the builder know of a build of {@link #COMMIT} on the branch {@code main}, later than
   * those before it. The log of a failure has the word {@code Error}.
   *
   * @param state running, succeeded or failed
   * @return the image that it says it made
   */
  protected abstract Optional<ImageReference> givenRun(BuilderRun.State state);

  /** How many requests have reached the builder. */
  protected abstract int requests();

  @Test
  void requestsABuild() {
    builder().request(REPOSITORY, BranchName.parse("feature/x"), COMMIT);

    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void wantsToHearOfPushes() {
    assertThat(builder().hook().events()).containsExactly("push");
    assertThat(builder().hook().url()).startsWith("http");
  }

  @Test
  void readsAWholeLog() {
    assertThat(builder().log(givenLog("one", "", "three"), 10)).contains("one\n\nthree\n");
  }

  @Test
  void readsTheEndOfALog() {
    assertThat(builder().log(givenLog("one", "two", "three"), 2)).contains("two\nthree\n");
  }

  @Test
  void hasNoLogElsewhere() {
    assertThat(builder().log(new LogUrl("http://elsewhere.invalid/api/v2/logs/1/contents"), 10))
        .isEmpty();
  }

  @Test
  void knowsOfNoBuildThatItNeverBegan() {
    assertThat(builder().runs(REPOSITORY, COMMIT.id())).isEmpty();
  }

  @Test
  void knowsRevisionBranchResultAndImageOfABuild() {
    Optional<ImageReference> image = givenRun(BuilderRun.State.SUCCEEDED);

    assertThat(image).isPresent();
    assertThat(builder().runs(REPOSITORY, COMMIT.id()))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.commit()).isEqualTo(COMMIT.id());
              assertThat(run.branch()).isEqualTo(MAIN);
              assertThat(run.state()).isEqualTo(BuilderRun.State.SUCCEEDED);
              assertThat(run.image()).isEqualTo(image.get());
              assertThat(run.log()).isNull();
            });
  }

  @Test
  void listsTheBuildsOfACommitOldestFirst() {
    givenRun(BuilderRun.State.FAILED);
    givenRun(BuilderRun.State.SUCCEEDED);
    givenRun(BuilderRun.State.RUNNING);

    List<BuilderRun> runs = builder().runs(REPOSITORY, COMMIT.id());
    assertThat(runs)
        .extracting(BuilderRun::state)
        .containsExactly(
            BuilderRun.State.FAILED, BuilderRun.State.SUCCEEDED, BuilderRun.State.RUNNING);
    assertThat(runs).isNotEmpty().extracting(BuilderRun::number).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void tellsWhereTheLogOfAFailureIs() {
    givenRun(BuilderRun.State.FAILED);

    BuilderRun run = builder().runs(REPOSITORY, COMMIT.id()).get(0);
    assertThat(run.image()).isNull();
    assertThat(run.log()).isNotNull();
    assertThat(builder().log(run.log(), 10))
        .hasValueSatisfying(log -> assertThat(log).contains("Error"));
  }

  @Test
  void cancelsABuildThatHasBegun() {
    givenRun(BuilderRun.State.RUNNING);

    await().until(() -> builder().cancel(REPOSITORY, MAIN, COMMIT.id(), "cancelled by ada"));

    await()
        .untilAsserted(
            () ->
                assertThat(builder().runs(REPOSITORY, COMMIT.id()))
                    .extracting(BuilderRun::state)
                    .containsExactly(BuilderRun.State.ERRORED));
    assertThat(builder().cancel(REPOSITORY, MAIN, COMMIT.id(), "again")).isTrue();
  }

  @Test
  void cancelsNothingOfOtherBranchesAndCommitsAndNothingThatHasEnded() {
    givenRun(BuilderRun.State.SUCCEEDED);
    givenRun(BuilderRun.State.RUNNING);
    CommitId other = CommitId.parse("f".repeat(40));

    assertThat(builder().cancel(REPOSITORY, MAIN, other, "other commit")).isTrue();
    assertThat(builder().cancel(REPOSITORY, BranchName.parse("other"), COMMIT.id(), "branch"))
        .isTrue();
    assertThat(builder().runs(REPOSITORY, COMMIT.id()))
        .extracting(BuilderRun::state)
        .containsExactly(BuilderRun.State.SUCCEEDED, BuilderRun.State.RUNNING);

    await().until(() -> builder().cancel(REPOSITORY, MAIN, COMMIT.id(), "cancelled by ada"));
    assertThat(builder().runs(REPOSITORY, COMMIT.id()))
        .first()
        .extracting(BuilderRun::state)
        .isEqualTo(BuilderRun.State.SUCCEEDED);
  }

  @Test
  void tellsNothingOfOtherCommitsAndRepositories() {
    givenRun(BuilderRun.State.SUCCEEDED);

    assertThat(builder().runs(REPOSITORY, CommitId.parse("f".repeat(40)))).isEmpty();
    assertThat(builder().runs(RepositoryName.parse("acme/other"), COMMIT.id())).isEmpty();
  }
}

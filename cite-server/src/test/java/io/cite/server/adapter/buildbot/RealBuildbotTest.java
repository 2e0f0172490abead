package io.cite.server.adapter.buildbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.core.port.BuilderRun;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a real Buildbot says to the events; its builds are of a repository that does not exist. */
class RealBuildbotTest {
  private static final Commit COMMIT =
      new Commit(
          CommitId.parse("00000000000000000000000000000000000000aa"),
          "Say hello",
          "Ada <ada@example.com>",
          Instant.parse("2026-01-02T03:04:05Z"),
          "https://github.com/cite-test/nowhere/commit/00000000000000000000000000000000000000aa");

  @Test
  void acceptsASignedEvent() {
    request(builder(Servers.require("CITE_WEBHOOK_SECRET")));
  }

  @Test
  void refusesAnEventWithAnotherSecret() {
    BuildbotBuilder builder = builder("another secret");
    assertThatThrownBy(() -> request(builder))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("400");
  }

  @Test
  void hasNoLogOfANumberThatIsNotGiven() {
    String url = Servers.require("CITE_BUILDBOT_URL") + "api/v2/logs/999999999/contents";

    assertThat(builder("unused").log(new LogUrl(url), 10)).isEmpty();
  }

  @Test
  void answersTheCheck() {
    builder("unused").check();
  }

  @Test
  void tellsWhatItKnowsOfABuildThatItWasAskedFor() {
    BuildbotBuilder builder = builder(Servers.require("CITE_WEBHOOK_SECRET"));
    RepositoryName repository = RepositoryName.parse("cite-test/nowhere");
    int before = builder.runs(repository, COMMIT.id()).size();
    request(builder);

    // other tests ask for the same commit: a build of theirs may begin after this one ended
    BuilderRun last =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    builder.runs(repository, COMMIT.id()).stream()
                        .skip(before)
                        .filter(run -> run.state() != BuilderRun.State.RUNNING)
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    List<BuilderRun> runs = builder.runs(repository, COMMIT.id());
    assertThat(last.state()).isEqualTo(BuilderRun.State.FAILED);
    assertThat(last.branch()).isEqualTo(BranchName.parse("main"));
    assertThat(last.image()).isNull();
    assertThat(last.log()).isNotNull();
    assertThat(builder.log(last.log(), 100))
        .hasValueSatisfying(log -> assertThat(log).contains("nowhere"));
    assertThat(runs).isNotEmpty().extracting(BuilderRun::number).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void knowsOfNoBuildOfACommitThatItNeverSaw() {
    BuildbotBuilder builder = builder("unused");

    assertThat(
            builder.runs(RepositoryName.parse("cite-test/nowhere"), CommitId.parse("e".repeat(40))))
        .isEmpty();
  }

  /** It may allow nobody to cancel, as a careful configuration does; then it says so. */
  @Test
  void cancelsABuildOrSaysThatItIsNotAllowed() {
    BuildbotBuilder builder = builder(Servers.require("CITE_WEBHOOK_SECRET"));
    RepositoryName repository = RepositoryName.parse("cite-test/nowhere");
    request(builder);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try {
                return builder.cancel(
                    repository, BranchName.parse("main"), COMMIT.id(), "cancelled by a test");
              } catch (Upstream e) {
                assertThat(e.isRetryable()).isFalse();
                assertThat(e).hasMessageContaining("403");
                return true;
              }
            });
  }

  private static void request(BuildbotBuilder builder) {
    builder.request(RepositoryName.parse("cite-test/nowhere"), BranchName.parse("main"), COMMIT);
  }

  private static BuildbotBuilder builder(String secret) {
    return new BuildbotBuilder(
        new BuildbotSettings(
            URI.create(Servers.require("CITE_BUILDBOT_HOOK")),
            Secret.of(secret),
            URI.create(Servers.require("CITE_BUILDBOT_URL"))));
  }
}

package io.cite.server.adapter.buildbot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.Servers;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import java.net.URI;
import java.time.Instant;
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

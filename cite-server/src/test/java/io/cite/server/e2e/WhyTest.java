package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A developer pushes with git and asks why, with the ids that git and CITE print. */
@Timeout(180)
class WhyTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String MAIN = "/v1/services/acme/why/environments/main";

  @Test
  void everyCommitOfAPushIsExplainedAlsoByItsShortId(@TempDir Path data) throws Exception {
    try (Sandbox sandbox =
            Sandbox.start(Options.in(Files.createDirectories(data.resolve("sandbox"))));
        Checkout checkout =
            new Checkout(
                Files.createDirectories(data.resolve("checkout")),
                sandbox.github().url().resolve("/acme/why.git"),
                "main",
                sandbox.token().reveal())) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      sandbox.github().createRepository("acme/why");
      sandbox.github().setPermission("acme/why", Sandbox.CITE_ACCOUNT, "admin");
      sandbox.github().setPermission("acme/why", Sandbox.ADMINISTRATOR, "admin");
      String before = checkout.commit("before", Map.of("Dockerfile", "FROM scratch\n"));
      String first = checkout.push("first", Map.of("file", "1"));
      cite.post("/v1/services", Map.of("repository", "acme/why")).expect(202);
      awaitLive(cite, first);

      String earlier = checkout.commit("earlier", Map.of("file", "2"));
      String newest = checkout.push("newest", Map.of("file", "3"));
      awaitLive(cite, newest);

      JsonNode carried = why(cite, earlier.substring(0, 7));
      assertThat(carried.path("commit").asString()).isEqualTo(earlier);
      assertThat(carried.toString())
          .contains("The push carried this commit")
          .contains("is live and contains it, as part of commit " + newest.substring(0, 7))
          .doesNotContain("1970-");
      JsonNode old = why(cite, before.substring(0, 10));
      assertThat(old.path("commit").asString()).isEqualTo(before);
      assertThat(old.toString())
          .contains("CITE received no push of this commit")
          .contains("is live and contains it")
          .doesNotContain("1970-");
      assertThat(cite.get(MAIN).json().at("/lastBuild/requestedBy").asString()).isEqualTo("acme");

      JsonClient.Answer built =
          cite.post(MAIN + "/builds", Map.of("commit", first.substring(0, 7))).expect(202);
      assertThat(built.text("commit")).isEqualTo(first);
      JsonClient.Answer deployed =
          cite.post(MAIN + "/deployments", Map.of("commit", newest.substring(0, 8))).expect(202);
      assertThat(deployed.text("commit")).isEqualTo(newest);
      cite.post(MAIN + "/deployments", Map.of("commit", "0000000")).expect(422);
      cite.post(MAIN + "/builds", Map.of("commit", "main")).expect(400);
      cite.get("/v1/why/acme/why/abc").expect(404);
    }
  }

  private static JsonNode why(JsonClient cite, String commit) {
    return cite.get("/v1/why/acme/why/" + commit).expect(200).json();
  }

  private static void awaitLive(JsonClient cite, String commit) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonClient.Answer answer = cite.get(MAIN);
              assertThat(answer.json().at("/live/commit").asString(""))
                  .as(answer.body())
                  .isEqualTo(commit);
            });
  }
}

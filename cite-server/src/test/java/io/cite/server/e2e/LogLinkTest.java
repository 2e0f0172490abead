package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Anyone with push permission can write a status, and with it what people are shown as a link. */
class LogLinkTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SERVICE = "/v1/services/acme/links";
  private static final String BUILDS = SERVICE + "/environments/main/builds";

  private static void until(JsonClient cite, String path, Predicate<JsonNode> reached) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonClient.Answer answer = cite.get(path).expect(200);
              assertThat(reached.test(answer.json())).as(answer.body()).isTrue();
            });
  }

  @Test
  void aStatusWithAnotherUrlThanAWebAddressGivesABuildWithoutALink(@TempDir Path data) {
    try (Sandbox sandbox = Sandbox.start(Options.in(data))) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      JsonClient github = new JsonClient(sandbox.github().url(), sandbox.token().reveal());
      sandbox.github().createRepository("acme/links");
      sandbox.github().setPermission("acme/links", Sandbox.CITE_ACCOUNT, "admin");
      sandbox.github().setPermission("acme/links", Sandbox.ADMINISTRATOR, "admin");
      String commit =
          sandbox
              .github()
              .commit("acme/links", "main", Map.of("Dockerfile", "FROM scratch\n"), "First");
      cite.post("/v1/services", Map.of("repository", "acme/links", "autoDeploy", false))
          .expect(202);
      until(cite, SERVICE, service -> service.path("state").asString().equals("READY"));

      List<String> urls =
          List.of(
              "javascript:alert(1)",
              "file:///etc/passwd",
              "data:text/html,x",
              "//elsewhere.invalid/x",
              "https:alert(1)",
              sandbox.buildbotUrl() + "api/v2/logs/1/raw");
      for (int i = 0; i < urls.size(); i++) {
        github
            .post(
                "/repos/acme/links/statuses/" + commit,
                Map.of(
                    "state",
                    "failure",
                    "context",
                    "buildbot/cite-build",
                    "description",
                    "Build failure. logURL:" + urls.get(i)))
            .expect(201);
        int builds = i + 1;
        until(
            cite,
            BUILDS,
            list ->
                list.path("items").size() == builds
                    && list.path("items").path(0).path("state").asString().equals("FAILED"));
      }

      JsonNode items = cite.get(BUILDS).expect(200).json().path("items");
      assertThat(items).hasSize(urls.size());
      assertThat(items.path(0).path("logUrl").asString("")).isEqualTo(urls.get(urls.size() - 1));
      for (int i = 1; i < items.size(); i++) {
        assertThat(items.path(i).path("cause").asString()).isEqualTo("Build failure.");
        assertThat(items.path(i).path("logUrl").asString("")).isEmpty();
      }
    }
  }
}

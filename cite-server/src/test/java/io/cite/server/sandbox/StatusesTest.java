package io.cite.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.sandbox.buildbot.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commit statuses that somebody else wrote, and ones that were never written. */
class StatusesTest {
  private static final String ENVIRONMENT = "/v1/services/acme/hello/environments/main";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private Sandbox sandbox;
  private String first;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    sandbox = Sandbox.start(Options.in(data));
    call("POST", sandbox.cite(), "/v1/services", "{\"repository\":\"acme/hello\"}");
    await()
        .atMost(SOON)
        .until(() -> get("/v1/services/acme/hello").path("state").asString().equals("READY"));
    first = push("first");
    awaitLive(first);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private String push(String text) {
    return sandbox.github().commit("acme/hello", "main", Map.of("greeting.txt", text), text);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return call("GET", sandbox.cite(), path, "");
  }

  private JsonNode call(String method, URI root, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(root.toString().replaceAll("/$", "") + path))
                .header("Authorization", "Bearer " + sandbox.token().reveal())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(method + " " + path + ": " + answer.body()).isLessThan(300);
    return JsonMapper.shared().readTree(answer.body());
  }

  private String live() throws IOException, InterruptedException {
    return get(ENVIRONMENT).path("live").path("commit").asString("");
  }

  private void awaitLive(String commit) {
    await().atMost(SOON).untilAsserted(() -> assertThat(live()).isEqualTo(commit));
  }

  private boolean isReported(String commit) throws IOException, InterruptedException {
    String statuses = "/repos/acme/hello/commits/" + commit + "/statuses";
    return call("GET", sandbox.github().url(), statuses, "").toString().contains("success");
  }

  @Test
  void aBuildWhoseLastStatusIsLostEndsAndGoesLive() throws Exception {
    sandbox.buildbot().faults().add(Fault.NO_FINAL_STATUS);
    String commit = push("second");

    awaitLive(commit);
    assertThat(isReported(commit)).isFalse();
    JsonNode builds = get(ENVIRONMENT + "/builds").path("items");
    assertThat(builds.path(0).path("commit").asString()).isEqualTo(commit);
    assertThat(builds.path(0).path("state").asString()).isEqualTo("SUCCEEDED");
  }

  @Test
  void aForgedSuccessIsNotDeployedAndLeavesAnAuditEntry() throws Exception {
    sandbox.buildbot().faults().add(Fault.NEVER_ENDS);
    String image = get(ENVIRONMENT).path("live").path("image").asString();
    String commit = push("second");
    String forged = image.replaceAll("@.*", "").replace(first, commit);
    call(
        "POST",
        sandbox.github().url(),
        "/repos/acme/hello/statuses/" + commit,
        "{\"state\":\"success\",\"context\":\"buildbot/cite-build\",\"description\":\"imageName:"
            + forged
            + "\"}");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(get("/v1/audit").toString())
                    .contains("build.reject", "was not believed"));
    assertThat(get(ENVIRONMENT).path("attention").asString()).contains("was not believed");
    assertThat(get(ENVIRONMENT + "/builds").path("items").path(0).path("state").asString())
        .isIn("QUEUED", "RUNNING");
    assertThat(live()).isEqualTo(first);
  }
}

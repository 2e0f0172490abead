package io.cite.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SandboxTest {
  private final HttpClient client = HttpClient.newHttpClient();

  private JsonNode call(Sandbox sandbox, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(sandbox.cite() + path))
                .header("Authorization", "Bearer " + sandbox.token().reveal())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(method + " " + path + ": " + answer.body()).isLessThan(300);
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void bringsAPushToLife(@TempDir Path data) throws Exception {
    try (Sandbox sandbox = Sandbox.start(Options.in(data))) {
      call(sandbox, "POST", "/v1/services", "{\"repository\":\"acme/hello\"}");
      String path = "/v1/services/acme/hello";
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(call(sandbox, "GET", path, "").path("state").asString())
                      .isEqualTo("READY"));
      String commit =
          sandbox.github().commit("acme/hello", "main", Map.of("greeting.txt", "hello"), "Greet");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                JsonNode environment = call(sandbox, "GET", path + "/environments/main", "");
                assertThat(environment.path("state").asString())
                    .as(environment.toPrettyString())
                    .isEqualTo("LIVE");
                assertThat(environment.path("live").path("commit").asString()).isEqualTo(commit);
              });
    }
  }
}

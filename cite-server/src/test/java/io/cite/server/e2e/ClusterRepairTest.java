package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody with access to the cluster deletes what a live deployment needs. */
class ClusterRepairTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SERVICE = "/api/v1/namespaces/acme/services/gone-main";
  private static final String CONTROLLER =
      "/api/v1/namespaces/acme/replicationcontrollers/gone-main-1";

  @Test
  void aDeletedServiceAndADeletedControllerAreMadeAgain(@TempDir Path data) {
    try (Sandbox sandbox = Sandbox.start(Options.in(data))) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      JsonClient kubernetes = new JsonClient(URI.create(sandbox.kubernetes().url()), null);
      sandbox.github().createRepository("acme/gone");
      sandbox.github().setPermission("acme/gone", Sandbox.CITE_ACCOUNT, "admin");
      sandbox.github().setPermission("acme/gone", Sandbox.ADMINISTRATOR, "admin");
      sandbox.github().commit("acme/gone", "main", Map.of("Dockerfile", "FROM scratch\n"), "First");
      cite.post("/v1/services", Map.of("repository", "acme/gone")).expect(202);
      await()
          .atMost(SOON)
          .until(
              () ->
                  cite.get("/v1/services/acme/gone")
                      .json()
                      .path("state")
                      .asString()
                      .equals("READY"));
      cite.post("/v1/services/acme/gone/environments/main/builds", Map.of()).expect(202);
      await().atMost(SOON).until(() -> live(cite).path("seq").asLong() == 1);
      JsonNode selector = kubernetes.get(SERVICE).expect(200).json().at("/spec/selector");

      kubernetes.delete(SERVICE).expect(200);
      await().atMost(SOON).until(() -> kubernetes.get(SERVICE).status() == 200);
      await()
          .atMost(SOON)
          .until(() -> kubernetes.get(SERVICE).json().at("/spec/selector"), selector::equals);

      kubernetes.delete(CONTROLLER).expect(200);
      await().atMost(SOON).until(() -> kubernetes.get(CONTROLLER).status() == 200);

      assertThat(live(cite).path("seq").asLong()).isEqualTo(1);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(cite.get("/v1/audit").expect(200).body())
                      .contains("made again: the Service gone-main")
                      .contains("made again: the controller gone-main-1"));
    }
  }

  private static JsonNode live(JsonClient cite) {
    return cite.get("/v1/services/acme/gone/environments/main").expect(200).json().path("live");
  }
}

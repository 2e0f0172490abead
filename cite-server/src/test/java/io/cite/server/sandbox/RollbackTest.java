package io.cite.server.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.github.rest.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody rolls back while the systems around CITE are away. */
class RollbackTest {
  private static final String ENVIRONMENT = "/v1/services/acme/hello/environments/main";
  private static final Duration SOON = Duration.ofSeconds(60);

  private Sandbox sandbox;
  private JsonClient cite;

  @BeforeEach
  void deployTwice(@TempDir Path data) {
    sandbox = Sandbox.start(Options.in(data));
    cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
    cite.post("/v1/services", Map.of("repository", "acme/hello")).expect(202);
    await().atMost(SOON).until(() -> live().path("seq").asLong() == 1);
    push("second");
    await().atMost(SOON).until(() -> live().path("seq").asLong() == 2);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void push(String text) {
    sandbox.github().commit("acme/hello", "main", Map.of("greeting.txt", text), text);
  }

  private JsonNode live() {
    return cite.get(ENVIRONMENT).json().path("live");
  }

  private JsonNode deployment(long seq) {
    return cite.get(ENVIRONMENT + "/deployments/" + seq).expect(200).json();
  }

  @Test
  void waitsNeitherForGitHubNorForBuildbotAndIsReportedOnceGitHubIsBack() {
    String first = deployment(1).path("commit").asString();
    sandbox.github().fault(Fault.slow("*", "/.*", SOON).times(1_000));
    sandbox.buildbot().faults().add(io.cite.server.sandbox.buildbot.Fault.HOOK_DOWN);

    cite.post(ENVIRONMENT + "/deployments/1/activate", Map.of("reason", "too slow")).expect(202);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(live().path("commit").asString()).isEqualTo(first));
    JsonNode rollback = deployment(3);
    assertThat(rollback.path("state").asString()).isEqualTo("LIVE");
    assertThat(rollback.toString()).contains("a rollback does not wait for GitHub");

    sandbox.github().clearFaults();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(reported(first)).contains("CITE deployment 3", "\"success\""));
  }

  /** The newest deployment of the commit at GitHub, with its states. */
  private String reported(String commit) {
    JsonClient github = new JsonClient(sandbox.github().url(), sandbox.token().reveal());
    JsonNode newest =
        github.get("/repos/acme/hello/deployments?sha=" + commit).expect(200).json().path(0);
    String states = "/repos/acme/hello/deployments/" + newest.path("id").asLong() + "/statuses";
    return newest + " " + github.get(states).expect(200).body();
  }
}

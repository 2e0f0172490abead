package io.cite.server.http;

import static io.cite.server.http.SettingsServer.ADDED;
import static io.cite.server.http.SettingsServer.ENVIRONMENT;
import static io.cite.server.http.SettingsServer.ENVIRONMENTS;
import static io.cite.server.http.SettingsServer.ONE;
import static io.cite.server.http.SettingsServer.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.Secret;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Changes of settings that meet other changes, and what a refused one leaves behind. */
@Timeout(60)
class SettingsRoutesTest {
  private static final String SECRETS = "{\"secrets\":{\"K\":\"s3cr3t\"}}";

  private final SettingsServer server = new SettingsServer();

  @BeforeEach
  void create() throws IOException {
    server.create();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRefusedChangeLeavesNoSecretBehind() throws IOException {
    String seen = server.tag(ONE);
    server.meanwhile("PATCH", ONE, "{\"replicas\":3}", 200);

    assertThat(server.send("PATCH", ONE, seen, SECRETS).statusCode()).isEqualTo(412);
    server.engine.settle();

    assertThat(server.cluster.secrets(ENVIRONMENT)).containsOnlyKeys("A");
    JsonNode now = SettingsServer.json(server.send("GET", ONE, null, ""));
    assertThat(now.path("replicas").asInt()).isEqualTo(3);
    assertThat(server.stores.environments().settings(ENVIRONMENT).value().secretNames())
        .containsExactly("A");
  }

  @Test
  void anAcceptedSecretIsTakenToTheClusterAndNotKept() throws IOException {
    assertThat(server.send("PATCH", ONE, server.tag(ONE), SECRETS).statusCode()).isEqualTo(200);
    assertThat(server.cluster.secrets(ENVIRONMENT)).containsOnlyKeys("A");
    server.engine.settle();

    assertThat(server.cluster.secrets(ENVIRONMENT)).containsEntry("K", Secret.of("s3cr3t"));
    assertThat(server.stores.environments().state(ENVIRONMENT).value().setup()).isNull();
  }

  @Test
  void theAuditTrailNamesTheFieldsThatWereChangedAndNoValueOfAVariable() throws IOException {
    String service = "{\"ports\":[3000],\"probe\":{\"path\":\"/up\"},\"variables\":{\"B\":\"v1\"}}";
    String environment = "{\"replicas\":3,\"variables\":{\"C\":\"v2\"},\"secrets\":{\"K\":\"v3\"}}";
    assertThat(server.send("PATCH", PATH, null, service).statusCode()).isEqualTo(200);
    assertThat(server.send("PATCH", ONE, null, environment).statusCode()).isEqualTo(200);

    assertThat(server.ports.audit().list(null, 2))
        .extracting(numbered -> numbered.entry().detail())
        .containsExactly(
            "replicas: 1 -> 3; variables: C; secrets: K",
            "ports: [8080] -> [3000]; probe.path: none -> /up; variables: B");
  }

  @Test
  void aChangeWithoutIfMatchIsMadeOnTopOfOthers() throws IOException {
    server.meanwhile("PATCH", ONE, "{\"replicas\":3}", 200);
    assertThat(server.send("PATCH", ONE, null, "{\"autoDeploy\":false}").statusCode())
        .isEqualTo(200);
    JsonNode environment = SettingsServer.json(server.send("GET", ONE, null, ""));
    assertThat(environment.path("replicas").asInt()).isEqualTo(3);
    assertThat(environment.path("autoDeploy").asBoolean(true)).isFalse();

    server.meanwhile("PATCH", PATH, "{\"replicas\":4}", 200);
    assertThat(server.send("PATCH", PATH, null, "{\"autoDeploy\":false}").statusCode())
        .isEqualTo(200);
    JsonNode service = SettingsServer.json(server.send("GET", PATH, null, ""));
    assertThat(service.path("replicas").asInt()).isEqualTo(4);
    assertThat(service.path("autoDeploy").asBoolean(true)).isFalse();
  }

  @Test
  void changesAtTheSameTimeAllSucceed() throws Exception {
    int callers = 6;
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    CountDownLatch ready = new CountDownLatch(callers);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 1; i <= callers; i++) {
      String body = "{\"replicas\":%d}".formatted(i);
      answers.add(
          pool.submit(
              () -> {
                ready.countDown();
                ready.await();
                return server.send("PATCH", ONE, null, body).statusCode();
              }));
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(200);
    }
    pool.shutdown();
  }

  @Test
  void ifMatchTakesAList() throws IOException {
    String body = "{\"replicas\":2}";
    String old = server.tag(ONE);
    assertThat(server.send("PATCH", ONE, "\"1\", " + old, body).statusCode()).isEqualTo(200);
    assertThat(server.send("PATCH", ONE, "\"1\" ,\"nonsense\", " + old, body).statusCode())
        .isEqualTo(412);
    assertThat(server.send("PATCH", ONE, "W/" + server.tag(ONE), body).statusCode()).isEqualTo(412);
    assertThat(server.send("PATCH", ONE, "W/\"1\"," + server.tag(ONE), body).statusCode())
        .isEqualTo(200);
    assertThat(server.send("PATCH", ONE, "*", body).statusCode()).isEqualTo(200);
    assertThat(server.send("PATCH", ONE, "", body).statusCode()).isEqualTo(412);
    HttpRequest.Builder twoLines =
        server
            .request(ONE, "root")
            .header("If-Match", "\"1\"")
            .header("If-Match", server.tag(ONE))
            .header("Content-Type", "application/json");
    assertThat(
            server
                .send(twoLines.method("PATCH", HttpRequest.BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDeletionComparesWhatTheCallerHasSeenWhenItIsWritten() throws IOException {
    assertThat(server.send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(201);
    server.engine.settle();
    String added = ENVIRONMENTS + "/" + ADDED.slug();

    String seen = server.tag(added);
    server.meanwhile("PATCH", added, "{\"replicas\":3}", 200);
    assertThat(server.send("DELETE", added, seen, "").statusCode()).isEqualTo(412);
    String ofService = server.tag(PATH);
    server.meanwhile("PATCH", PATH, "{\"replicas\":3}", 200);
    assertThat(server.send("DELETE", PATH, ofService, "").statusCode()).isEqualTo(412);
    server.engine.settle();
    assertThat(server.send("GET", added, null, "").statusCode()).isEqualTo(200);

    assertThat(server.send("DELETE", added, server.tag(added), "").statusCode()).isEqualTo(202);
    server.engine.settle();
    assertThat(server.send("GET", added, null, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aRefusedEnvironmentLeavesNothingInTheCluster() throws IOException {
    server.meanwhile("DELETE", PATH, "", 202);
    assertThat(server.send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(409);
    assertThat(server.cluster.traffic().current(ADDED)).isEmpty();
    assertThat(server.cluster.secrets(ADDED)).isEmpty();
  }

  @Test
  void anAddedEnvironmentGetsItsServiceAndTheSecrets() throws IOException {
    assertThat(server.send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(201);
    server.engine.settle();
    assertThat(server.cluster.traffic().current(ADDED)).isPresent();
    assertThat(server.cluster.secrets(ADDED)).containsEntry("A", Secret.of("1"));
    assertThat(server.stores.environments().state(ADDED).value().setup()).isNull();
  }
}

package io.cite.sdk;

import static io.cite.sdk.ScriptedServer.answer;
import static io.cite.sdk.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.DeliveryView;
import io.cite.sdk.wire.DeploymentStateView;
import io.cite.sdk.wire.PlanView;
import io.cite.sdk.wire.ServiceStateView;
import io.cite.sdk.wire.ServiceView;
import io.cite.sdk.wire.UpdateEnvironmentRequest;
import io.cite.sdk.wire.UpdateServiceRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CiteClientTest {
  private static final ServiceRef HELLO = new ServiceRef("acme", "hello");
  private static final EnvironmentRef MAIN = HELLO.environment("main");
  private static final String AT = "/v1/services/acme/hello";

  private ScriptedServer server;
  private CiteClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client = CiteClient.builder(server.uri()).token("t0ken").timeout(Duration.ofSeconds(5)).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  static String golden(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/golden", name + ".json"));
  }

  @Test
  void createsAServiceWithTokenAndIdempotencyKey() throws IOException {
    server.on("POST /v1/services", json(202, golden("ServiceView")));

    ServiceView made = client.services().create(CreateServiceRequest.of("acme/hello"));

    assertThat(made.state()).isEqualTo(ServiceStateView.DEGRADED);
    ScriptedServer.Seen request = server.seen.get(0);
    assertThat(request.body()).isEqualTo("{\"repository\":\"acme/hello\"}");
    assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken");
    assertThat(request.header("Idempotency-Key")).isNotBlank();
  }

  @Test
  void sendsTheSameIdempotencyKeyWhenItAsksAgain() throws IOException {
    server.on(
        "POST /v1/services",
        answer(503, "text/plain", "busy", "Retry-After", "0"),
        json(502, "{}"),
        json(408, "{}"),
        json(202, golden("ServiceView")));

    client.services().create(CreateServiceRequest.of("acme/hello"));

    assertThat(server.seen).hasSize(4);
    assertThat(server.seen.stream().map(seen -> seen.header("Idempotency-Key")).distinct())
        .hasSize(1);
  }

  @Test
  void plansWithoutCreating() throws IOException {
    server.on("POST /v1/services?dryRun=true", json(200, golden("PlanView")));
    PlanView plan = client.services().plan(CreateServiceRequest.of("acme/hello"));
    assertThat(plan.changes()).hasSize(1);
  }

  @Test
  void reportsAProblemWithItsCodeDetailAndErrorId() {
    server.on(
        "GET " + AT,
        answer(
            404,
            "application/problem+json",
            "{\"type\":\"urn:cite:error:not-found\",\"title\":\"Not found\",\"status\":404,"
                + "\"detail\":\"no such service\",\"code\":\"not-found\",\"errorId\":\"e-9\"}"));

    CiteServerException failure =
        catchThrowableOfType(CiteServerException.class, () -> client.services().get(HELLO));

    assertThat(failure.status()).isEqualTo(404);
    assertThat(failure.code()).isEqualTo("not-found");
    assertThat(failure.detail()).isEqualTo("no such service");
    assertThat(failure.errorId()).isEqualTo("e-9");
    assertThat(failure)
        .hasMessage(
            "GET /v1/services/acme/hello failed: no such service"
                + " (404 not-found, error id e-9)");
    assertThat(server.seen).hasSize(1);
  }

  @Test
  void toleratesErrorPagesOfProxies() {
    server.on("GET " + AT, answer(403, "text/html", "<h1>Go\n away</h1>"));
    CiteServerException failure =
        catchThrowableOfType(CiteServerException.class, () -> client.services().get(HELLO));
    assertThat(failure.code()).isEqualTo(CiteServerException.FOREIGN_ANSWER);
    assertThat(failure.detail()).contains("<h1>Go away</h1>");
  }

  @Test
  void toleratesASuccessThatIsNotJson() {
    server.on("GET " + AT, answer(200, "text/html", "<p>sign in here"));
    assertThatThrownBy(() -> client.services().get(HELLO))
        .isInstanceOf(CiteServerException.class)
        .hasMessageContaining("sign in here");
  }

  @Test
  void ignoresFieldsOfANewerServerAndMissesNoneOfAnOlder() {
    server.on("GET " + AT, json(200, "{\"namespace\":\"acme\",\"name\":\"hello\",\"mood\":1}"));
    ServiceView service = client.services().get(HELLO);
    assertThat(service.name()).isEqualTo("hello");
    assertThat(service.environments()).isEmpty();
  }

  @Test
  void givesUpAtOnceWhereRetryAfterIsTooLong() {
    server.on("GET " + AT, json(429, "{\"status\":429}", "Retry-After", "3600"));
    assertThatThrownBy(() -> client.services().get(HELLO)).isInstanceOf(CiteServerException.class);
    assertThat(server.seen).hasSize(1);
  }

  @Test
  void givesUpAfterAFewAttempts() {
    server.on("GET " + AT, json(503, "{}", "Retry-After", "0"));
    assertThatThrownBy(() -> client.services().get(HELLO)).isInstanceOf(CiteServerException.class);
    assertThat(server.seen).hasSize(4);
  }

  @Test
  void honoursARetryAfterThatIsADateInThePast() throws IOException {
    server.on(
        "GET " + AT,
        json(503, "{}", "Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
        json(200, golden("ServiceView")));
    assertThat(client.services().get(HELLO).name()).isEqualTo("hello");
  }

  @Test
  void saysThatTheServerCannotBeReached() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (CiteClient lost = CiteClient.builder(URI.create("http://127.0.0.1:" + port)).build()) {
      assertThatThrownBy(() -> lost.services().get(HELLO))
          .isInstanceOf(CiteUnavailableException.class)
          .hasMessageContaining("could not be reached");
    }
  }

  @Test
  void doesNotWaitLongerThanItsTimeoutForTheRestOfABody() {
    server.on(
        "PATCH " + AT,
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          exchange.getRequestBody().read();
          new java.util.concurrent.CompletableFuture<Void>()
              .completeOnTimeout(null, 3, java.util.concurrent.TimeUnit.SECONDS)
              .join();
        });
    try (CiteClient hasty =
        CiteClient.builder(server.uri()).timeout(Duration.ofMillis(300)).build()) {
      assertThatThrownBy(
              () -> hasty.services().update(HELLO, UpdateServiceRequest.unchanged(), "\"1\""))
          .isInstanceOf(CiteUnavailableException.class)
          .hasMessageContaining("no answer within");
    }
  }

  @Test
  void changesSettingsOnlyOfTheVersionItRead() throws IOException {
    server.on("GET " + AT, json(200, golden("ServiceView"), "ETag", "\"5\""));
    server.on("PATCH " + AT, json(200, golden("ServiceView"), "ETag", "\"6\""));

    ETagged<ServiceView> changed =
        client.services().update(HELLO, UpdateServiceRequest.unchanged().withReplicas(3));

    assertThat(changed.etag()).isEqualTo("\"6\"");
    assertThat(server.seen.get(1).header("If-Match")).isEqualTo("\"5\"");
    assertThat(server.seen.get(1).body()).isEqualTo("{\"replicas\":3}");
  }

  @Test
  void deletesOnlyTheVersionItRead() throws IOException {
    server.on("GET " + AT, json(200, golden("ServiceView"), "ETag", "\"5\""));
    server.on("DELETE " + AT, answer(202, "text/plain", ""));
    client.services().delete(HELLO);
    assertThat(server.seen.get(1).header("If-Match")).isEqualTo("\"5\"");
  }

  @Test
  void fetchesALaterPageOnlyWhenItIsWalkedTo() {
    String item = "{\"id\":\"%s\"}";
    server.on(
        "GET /v1/deliveries",
        json(200, "{\"items\":[" + item.formatted("a") + "],\"nextCursor\":\"p/2\"}"));
    server.on(
        "GET /v1/deliveries?cursor=p%2F2",
        json(200, "{\"items\":[" + item.formatted("b") + "],\"nextCursor\":null}"));

    assertThat(client.deliveries().stream().findFirst().map(DeliveryView::id)).contains("a");
    assertThat(server.seen).hasSize(1);
    assertThat(client.deliveries()).extracting(DeliveryView::id).containsExactly("a", "b");
  }

  @Test
  void speaksOfEnvironments() throws IOException {
    String all = AT + "/environments";
    server.on("POST " + all, json(202, golden("EnvironmentView.empty")));
    server.on("GET " + all, json(200, "{\"items\":[],\"nextCursor\":null}"));
    server.on("GET " + all + "/main", json(200, golden("EnvironmentView"), "ETag", "\"1\""));
    server.on("PATCH " + all + "/main", json(200, golden("EnvironmentView")));
    server.on("DELETE " + all + "/main", answer(204, "text/plain", ""));
    server.on("DELETE " + all + "/main/pin", json(200, golden("EnvironmentView.empty")));
    Environments environments = client.environments(HELLO);

    assertThat(environments.add("feature/x").slug()).isEqualTo("feature-x-1a2b");
    assertThat(environments.list()).isEmpty();
    assertThat(environments.get("main").pinned()).isTrue();
    environments.update("main", UpdateEnvironmentRequest.unchanged().withAutoDeploy(false));
    assertThat(environments.clearPin("main").pin()).isNull();
    environments.delete("main");

    assertThat(server.seen.get(0).body()).isEqualTo("{\"branch\":\"feature/x\"}");
    assertThat(server.seen).extracting(ScriptedServer.Seen::method).endsWith("GET", "DELETE");
  }

  @Test
  void speaksOfBuilds() throws IOException {
    String all = AT + "/environments/main/builds";
    server.on("POST " + all, json(202, golden("BuildView.queued")));
    server.on("GET " + all, json(200, "{\"items\":[" + golden("BuildView") + "]}"));
    server.on("GET " + all + "/7", json(200, golden("BuildView")));
    server.on("GET " + all + "/7/log", answer(200, "text/plain", "line 1\n"));
    server.on("POST " + all + "/8/cancel", json(202, golden("BuildView.queued")));
    Builds builds = client.builds(MAIN);

    assertThat(builds.start().number()).isEqualTo(8);
    assertThat(builds.start("abc").number()).isEqualTo(8);
    assertThat(builds.list()).containsExactly(builds.get(7));
    assertThat(builds.log(7)).isEqualTo("line 1\n");
    assertThat(builds.cancel(8).number()).isEqualTo(8);
    assertThat(server.seen)
        .extracting(ScriptedServer.Seen::body)
        .startsWith("{}", "{\"commit\":\"abc\"}");
  }

  @Test
  void speaksOfDeployments() throws IOException {
    String all = AT + "/environments/main/deployments";
    server.on("POST " + all, json(202, golden("DeploymentView.requested")));
    server.on("GET " + all, json(200, "{\"items\":[]}"));
    server.on("GET " + all + "/3", json(200, golden("DeploymentView")));
    server.on("POST " + all + "/3/activate", json(202, golden("DeploymentView.requested")));
    server.on("POST " + all + "/4/cancel", json(202, golden("DeploymentView.requested")));
    Deployments deployments = client.deployments(MAIN);

    assertThat(deployments.deployCommit("abc").seq()).isEqualTo(4);
    assertThat(deployments.deployBuild(7).seq()).isEqualTo(4);
    assertThat(deployments.list()).isEmpty();
    assertThat(deployments.get(3).state()).isEqualTo(DeploymentStateView.FAILED);
    deployments.activate(3);
    deployments.cancel(4);
    assertThat(server.seen)
        .extracting(ScriptedServer.Seen::body)
        .startsWith("{\"commit\":\"abc\"}", "{\"build\":7}");
  }

  @Test
  void asksWhyAndWhoAndWhatCameIn() throws IOException {
    server.on("GET /v1/why/acme/hello/abc", json(200, golden("WhyView")));
    server.on("GET /v1/audit", json(200, "{\"items\":[" + golden("AuditEntryView") + "]}"));
    server.on("GET /v1/deliveries/d%201", json(200, golden("DeliveryView")));
    assertThat(client.why("acme/hello", "abc").entries()).hasSize(1);
    assertThat(client.audit().stream().toList()).hasSize(1);
    assertThat(client.delivery("d 1").event()).isEqualTo("pull_request");
  }

  @Test
  void refusesToWorkOnceClosed() {
    client.close();
    assertThatThrownBy(() -> client.services().get(HELLO))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesAddressesAndNamesThatCannotBe() {
    assertThatThrownBy(() -> CiteClient.builder(URI.create("ftp://x")))
        .isInstanceOf(IllegalArgumentException.class);
    for (String name : List.of("acme", "/hello", "acme/", "a/b/c")) {
      assertThatThrownBy(() -> ServiceRef.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(ServiceRef.parse("acme/hello")).isEqualTo(HELLO).hasToString("acme/hello");
  }
}

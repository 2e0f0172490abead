package io.cite.sdk;

import static io.cite.sdk.ScriptedServer.answer;
import static io.cite.sdk.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.sdk.wire.BuildStateView;
import io.cite.sdk.wire.BuildView;
import io.cite.sdk.wire.DeploymentStateView;
import io.cite.sdk.wire.DeploymentView;
import io.cite.sdk.wire.ServiceStateView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final ServiceRef HELLO = new ServiceRef("acme", "hello");
  private static final EnvironmentRef MAIN = HELLO.environment("main");
  private static final String SERVICE = "GET /v1/services/acme/hello";
  private static final String DEPLOYMENT = SERVICE + "/environments/main/deployments/3";
  private static final String BUILD = SERVICE + "/environments/main/builds/7";
  private static final String STREAM = "GET /v1/events?service=acme%2Fhello";
  private static final Duration LONG = Duration.ofSeconds(20);

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private ScriptedServer server;
  private CiteClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client = CiteClient.builder(server.uri()).build();
  }

  @AfterEach
  void stop() {
    over.complete(null);
    client.close();
    server.close();
  }

  private static ScriptedServer.Answer deployment(
      String state, int ready, String cause, String... timeline) {
    List<String> entries = new ArrayList<>();
    for (String text : timeline) {
      entries.add("{\"state\":\"ROLLING_OUT\",\"text\":\"" + text + "\"}");
    }
    return json(
        200,
        "{\"seq\":3,\"commit\":\"c\",\"state\":\"%s\",\"readyPods\":%d,\"wantedPods\":2,"
                .formatted(state, ready)
            + "\"cause\":"
            + (cause.isEmpty() ? "null" : "\"" + cause + "\"")
            + ",\"timeline\":["
            + String.join(",", entries)
            + "]}");
  }

  private long reads(String target) {
    return server.seen.stream().filter(seen -> seen.target().endsWith(target)).count();
  }

  @Test
  void tellsEachPieceOfProgressOnceUntilTheDeploymentIsLive() {
    server.on(STREAM, answer(404, "text/plain", ""));
    server.on(
        DEPLOYMENT,
        deployment("ANNOUNCED", 0, ""),
        deployment("ROLLING_OUT", 1, "", "controller created"),
        deployment("ROLLING_OUT", 1, "", "controller created"),
        deployment("LIVE", 2, "", "controller created", "traffic switched"));
    List<String> resyncInterval = new ArrayList<>();

    DeploymentView end =
        client.awaitDeployment(HELLO, "main", 3, LONG, ProgressListener.lines(resyncInterval::add));

    assertThat(end.state()).isEqualTo(DeploymentStateView.LIVE);
    assertThat(resyncInterval)
        .containsExactly(
            "0 of 2 pods ready",
            "deployment 3 is ANNOUNCED",
            "controller created",
            "1 of 2 pods ready",
            "deployment 3 is ROLLING_OUT",
            "traffic switched",
            "2 of 2 pods ready",
            "deployment 3 is LIVE");
  }

  @Test
  void returnsADeploymentThatFailedWithItsCause() {
    server.on(STREAM, answer(404, "text/plain", ""));
    server.on(DEPLOYMENT, deployment("FAILED", 0, "pods crash"));
    DeploymentView end = client.awaitDeployment(MAIN, 3, LONG);
    assertThat(end.state().failed()).isTrue();
    assertThat(end.cause()).isEqualTo("pods crash");
  }

  @Test
  void readsAgainWhenAnEventSaysSo() throws Exception {
    client.close();
    client = CiteClient.builder(server.uri()).resyncInterval(Duration.ofHours(1)).build();
    CompletableFuture<Void> changed = new CompletableFuture<>();
    server.on(
        STREAM,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(": open\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          changed.orTimeout(20, TimeUnit.SECONDS).join();
          exchange.getResponseBody().write("data: {}\n\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          over.orTimeout(20, TimeUnit.SECONDS).join();
        });
    server.on(DEPLOYMENT, deployment("ROLLING_OUT", 0, ""));
    CompletableFuture<DeploymentView> end =
        CompletableFuture.supplyAsync(() -> client.awaitDeployment(MAIN, 3, Duration.ofHours(1)));
    await().until(() -> reads("/deployments/3") == 2); // at first, and when the stream is open

    server.on(DEPLOYMENT, deployment("LIVE", 2, ""));
    changed.complete(null);

    assertThat(end.get(20, TimeUnit.SECONDS).state()).isEqualTo(DeploymentStateView.LIVE);
    assertThat(reads("/deployments/3")).isEqualTo(3);
  }

  @Test
  void doesNotReadMoreOftenThanFourTimesASecondWhateverTheEventsSay() {
    StringBuilder flood = new StringBuilder();
    flood.append("data: {}\n\n".repeat(500));
    server.on(
        STREAM,
        exchange -> {
          ScriptedServer.events(flood.toString()).to(exchange);
          exchange.getResponseBody().flush();
          over.orTimeout(20, TimeUnit.SECONDS).join();
        });
    server.on(DEPLOYMENT, deployment("ROLLING_OUT", 0, ""));
    assertThatThrownBy(() -> client.awaitDeployment(MAIN, 3, Duration.ofMillis(1100)))
        .isInstanceOf(CiteTimeoutException.class)
        .hasMessageContaining("ROLLING_OUT");
    assertThat(reads("/deployments/3")).isBetween(2L, 5L);
  }

  @Test
  void goesOnWaitingWhileTheServerIsAway() {
    server.on(STREAM, answer(503, "text/plain", ""));
    server.on(
        BUILD,
        answer(500, "text/plain", "oops"),
        json(200, "{\"number\":7,\"commit\":\"c\",\"state\":\"RUNNING\"}"),
        json(200, "{\"number\":7,\"commit\":\"c\",\"state\":\"FAILED\",\"cause\":\"exit 1\"}"));
    List<BuildStateView> states = new ArrayList<>();
    BuildView end = client.awaitBuild(MAIN, 7, LONG, build -> states.add(build.state()));
    assertThat(end.cause()).isEqualTo("exit 1");
    assertThat(states).containsExactly(BuildStateView.RUNNING, BuildStateView.FAILED);
  }

  @Test
  void doesNotWaitForWhatIsNotThere() {
    server.on(STREAM, answer(404, "text/plain", ""));
    assertThatThrownBy(() -> client.awaitBuild(MAIN, 7, LONG))
        .isInstanceOf(CiteServerException.class);
  }

  @Test
  void keepsTheLimitThoughTheServerDoesNotAnswer() {
    AtomicBoolean answered = new AtomicBoolean();
    server.on(
        BUILD,
        exchange -> {
          try {
            over.orTimeout(20, TimeUnit.SECONDS).join();
          } finally {
            answered.set(true);
          }
        });
    server.on(STREAM, answer(404, "text/plain", ""));
    assertThatThrownBy(() -> client.awaitBuild(MAIN, 7, Duration.ofMillis(600)))
        .isInstanceOf(CiteTimeoutException.class)
        .hasCauseInstanceOf(CiteUnavailableException.class);
    assertThat(answered).isFalse();
  }

  @Test
  void returnsAServiceThatIsReady() {
    server.on(STREAM, answer(404, "text/plain", ""));
    String service = "{\"namespace\":\"acme\",\"name\":\"hello\",\"state\":\"%s\"}";
    server.on(
        SERVICE, json(200, service.formatted("CREATING")), json(200, service.formatted("READY")));
    assertThat(client.awaitServiceReady(HELLO, LONG).state()).isEqualTo(ServiceStateView.READY);
  }

  @Test
  void stopsWaitingWhenTheClientIsClosed() {
    server.on(STREAM, answer(404, "text/plain", ""));
    server.on(DEPLOYMENT, deployment("ROLLING_OUT", 0, ""));
    CompletableFuture<DeploymentView> end =
        CompletableFuture.supplyAsync(() -> client.awaitDeployment(MAIN, 3, LONG));
    await().until(() -> reads("/deployments/3") >= 1);
    client.close();
    assertThat(end)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(IllegalStateException.class);
  }
}

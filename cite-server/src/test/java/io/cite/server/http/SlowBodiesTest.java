package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.adapters.github.WebhookSignature;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.server.config.ApiToken.Verb;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that come slowly, never end, or are large, and what others notice of them. */
class SlowBodiesTest {
  private static final int MIB = 1024 * 1024;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String SMALL = "{\"repository\":\"acme/hello\"}";
  private static final String SIGNATURE = "sha256=" + "0".repeat(64);

  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Socket> senders = new ArrayList<>();
  private @Nullable Fixture server;

  private Fixture serve(boolean virtualThreads, Duration bodyTimeout, int bodyMemory) {
    server =
        new Fixture(
            Fixture.http(1_000, virtualThreads, bodyTimeout, bodyMemory),
            Route.get("/healthz", Policy.open(), ctx -> ctx.result("up")),
            Route.get("/blocked", Policy.open(), ctx -> release.await()),
            Route.post(WebhookRoute.PATH, Policy.signed(), ctx -> ctx.status(403)),
            Route.post(
                "/echo",
                Policy.token(Verb.READ),
                ctx -> ctx.json(Json.read(ctx, CreateServiceRequest.class))));
    return server;
  }

  @AfterEach
  void end() throws IOException {
    release.countDown();
    for (Socket sender : senders) {
      sender.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Sends the head of a request, and of its body some bytes. */
  private Socket send(String path, String header, int announced, int sent) throws IOException {
    assertThat(server).isNotNull();
    Socket sender = new Socket("127.0.0.1", server.port());
    senders.add(sender);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + announced
            + "\r\n"
            + header
            + "\r\n\r\n";
    sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    sender.getOutputStream().write(" ".repeat(sent).getBytes(StandardCharsets.US_ASCII));
    return sender;
  }

  private Socket known(int announced, int sent) throws IOException {
    return send("/echo", "Authorization: Bearer reader", announced, sent);
  }

  private static String answer(Socket sender) throws IOException {
    return new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A server that gave up a body may close the connection between two bytes of it. */
  private static boolean isClosedAfterASpace(Socket sender) {
    try {
      sender.getOutputStream().write(' ');
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void othersAreAnsweredWhileManySlowBodiesAreOnTheirWay() throws IOException {
    Fixture slow = serve(false, LONG, 64);
    for (int i = 0; i < 70; i++) {
      known(1_000, 1);
      send(WebhookRoute.PATH, WebhookSignature.HEADER + ": " + SIGNATURE, 1_000, 1);
    }
    assertThat(slow.send("GET", "/healthz", null, "").statusCode()).isEqualTo(200);
    assertThat(slow.send("POST", "/echo", "reader", SMALL).statusCode()).isEqualTo(200);
    for (Socket sender : senders) {
      assertThat(sender.getInputStream().available()).as("nothing was answered yet").isZero();
    }
  }

  @Test
  void aBodyThatDoesNotArriveInTimeIsGivenUp() throws IOException {
    serve(true, Duration.ofMillis(200), 64);
    Socket sender = known(1_000, 1);
    await().until(() -> isClosedAfterASpace(sender) || sender.getInputStream().available() > 0);
    byte[] begin = sender.getInputStream().readNBytes("HTTP/1.1 408".length());
    assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
  }

  @Test
  void aBodyThatStopsIsGivenUpWithAProblem() throws IOException {
    serve(true, Duration.ofMillis(200), 64);
    assertThat(answer(known(1_000, 1)))
        .startsWith("HTTP/1.1 408")
        .contains("urn:cite:error:malformed-body")
        .contains("The request body came too slowly. Nothing was done. Send it again.")
        .contains("Connection: close");
  }

  @Test
  void aBodyThatPausesIsWaitedFor() throws IOException {
    Fixture slow = serve(true, LONG, 64);
    Socket sender = known(SMALL.length() + 1, 1);
    assertThat(slow.send("POST", "/echo", "reader", SMALL).statusCode()).isEqualTo(200);
    assertThat(sender.getInputStream().available()).isZero();
    sender.getOutputStream().write(SMALL.getBytes(StandardCharsets.US_ASCII));
    byte[] begin = sender.getInputStream().readNBytes("HTTP/1.1 200".length());
    assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
  }

  @Test
  void whatIsRefusedByItsHeadersIsAnsweredBeforeItsBodyComes() throws IOException {
    serve(true, LONG, 64);
    assertThat(answer(send(WebhookRoute.PATH, "X-GitHub-Event: push", 20 * MIB, 1)))
        .startsWith("HTTP/1.1 403");
    assertThat(answer(send("/echo", "Authorization: Bearer guess", MIB, 1)))
        .startsWith("HTTP/1.1 401");
    assertThat(answer(send("/echo", "Accept: */*", MIB, 1))).startsWith("HTTP/1.1 401");
    assertThat(answer(send("/absent", "Authorization: Bearer guess", MIB, 1)))
        .startsWith("HTTP/1.1 404");
    assertThat(
            answer(
                send(
                    WebhookRoute.PATH,
                    WebhookSignature.HEADER + ": " + SIGNATURE,
                    WebhookRoute.MAX_BODY + 1,
                    1)))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void aSlashAtTheEndOfAPathMakesNoDifference() throws IOException {
    Fixture slow = serve(true, LONG, 64);
    assertThat(slow.send("POST", "/echo/", "reader", SMALL).statusCode()).isEqualTo(200);
  }

  @Test
  void largeBodiesShareABudgetAndSmallOnesStillGetThrough() throws IOException {
    Fixture slow = serve(true, LONG, 4);
    for (int i = 0; i < 3; i++) {
      known(MIB, MIB - 1);
    }
    await().until(() -> slow.metrics().contains("cite_http_body_bytes 3145728.0"));
    assertThat(answer(known(MIB, MIB)))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 2")
        .contains("urn:cite:error:overloaded");
    assertThat(slow.send("POST", "/echo", "reader", SMALL).statusCode()).isEqualTo(200);
    senders.get(0).close();
    senders.get(1).getOutputStream().write(' ');
    await().until(() -> slow.metrics().contains("cite_http_body_bytes 1048576.0"));
    assertThat(slow.send("POST", "/echo", "reader", " ".repeat(MIB - 100) + SMALL).statusCode())
        .isEqualTo(200);
  }

  @Test
  void thePortForHealthHasThreadsOfItsOwnAndNothingElse() throws Exception {
    Fixture busy = serve(false, LONG, 64);
    URI all = URI.create("http://127.0.0.1:" + busy.port());
    URI health = URI.create("http://127.0.0.1:" + busy.healthPort());
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> blocked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      blocked.add(
          client.sendAsync(
              HttpRequest.newBuilder(all.resolve("/blocked")).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    assertThat(get(client, health.resolve("/healthz"))).isEqualTo(200);
    assertThat(get(client, health.resolve("/blocked"))).isEqualTo(404);
    assertThat(blocked).isNotEmpty().noneMatch(CompletableFuture::isDone);
    release.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : blocked) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
  }

  private static int get(HttpClient client, URI uri) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}

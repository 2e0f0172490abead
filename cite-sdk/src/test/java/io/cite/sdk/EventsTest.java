package io.cite.sdk;

import static io.cite.sdk.ScriptedServer.answer;
import static io.cite.sdk.ScriptedServer.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.sdk.wire.EventView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final ServiceRef HELLO = new ServiceRef("acme", "hello");
  private static final String STREAM = "GET /v1/events?service=acme%2Fhello";

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Heard heard = new Heard();
  private ScriptedServer server;
  private CiteClient client;

  /** Remembers what it heard. */
  private static final class Heard implements EventListener {
    final List<EventView> events = new CopyOnWriteArrayList<>();
    final List<String> rest = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(EventView event) {
      events.add(event);
      if ("throw".equals(event.text())) {
        throw new IllegalStateException("a listener of the test fails on purpose");
      }
    }

    @Override
    public void onDisconnected(CiteClientException cause) {
      rest.add("disconnected");
    }

    @Override
    public void onEnd(@Nullable CiteClientException cause) {
      rest.add(cause instanceof CiteServerException refusal ? "end " + refusal.status() : "end");
    }
  }

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

  private ScriptedServer.Answer openEnded(String frames) {
    return exchange -> {
      events(frames).to(exchange);
      exchange.getResponseBody().flush();
      over.orTimeout(20, TimeUnit.SECONDS).join();
    };
  }

  @Test
  void resumesAfterTheLastEventThatItHeard() {
    server.on(
        STREAM,
        events(
            "retry: 1\n\n: hello\n\nid: 1\nevent: build\ndata: {\"state\":\"RUNNING\",\n"
                + "data: \"service\":\"acme/hello\"}\n\nid: 2\ndata: {\"type\":\"cut sh"),
        openEnded("id: 2\ndata: {\"type\":\"deployment\",\"id\":\"2\"}\n\n"));

    try (EventSubscription subscription = client.events(HELLO, heard)) {
      await().until(() -> heard.events.size() == 2);
      assertThat(subscription.connected()).isTrue();
    }

    assertThat(heard.events).extracting(EventView::id).containsExactly("1", "2");
    assertThat(heard.events).extracting(EventView::type).containsExactly("build", "deployment");
    assertThat(server.seen.get(0).header("Last-Event-ID")).isNull();
    assertThat(server.seen.get(1).header("Last-Event-ID")).isEqualTo("1");
    assertThat(heard.rest).containsExactly("disconnected", "end");
  }

  @Test
  void triesAgainWhileTheServerIsOverloadedOrGone() {
    server.on(STREAM, answer(503, "text/plain", ""), events(""), openEnded("id: 1\ndata: {}\n\n"));
    try (EventSubscription subscription = client.events(HELLO, heard)) {
      await().until(() -> heard.events.size() == 1 && subscription.connected());
    }
    assertThat(heard.rest).containsExactly("disconnected", "disconnected", "end");
  }

  @Test
  void endsWhereTheServerRefuses() {
    server.on(STREAM, answer(403, "text/plain", "no"));
    try (EventSubscription subscription = client.events(HELLO, heard)) {
      await().until(() -> heard.rest.contains("end 403"));
      assertThat(subscription.connected()).isFalse();
    }
    assertThat(server.seen).hasSize(1);
    assertThat(heard.rest).containsExactly("end 403");
  }

  @Test
  void goesOnAfterAListenerThatFailsAndTellsTheUncaughtExceptionHandler() {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    server.on(STREAM, openEnded("data: {\"text\":\"throw\"}\n\ndata: {\"text\":\"fine\"}\n\n"));
    try (EventSubscription subscription = client.events(HELLO, heard)) {
      await()
          .dontCatchUncaughtExceptions()
          .until(() -> heard.events.size() == 2 && subscription.connected());
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void opensASilentStreamAgain() {
    server.on(STREAM, openEnded(": nothing more to come\n\n"), openEnded("data: {}\n\n"));
    Transport transport =
        new Transport(
            java.net.http.HttpClient.newHttpClient(),
            server.uri(),
            null,
            Duration.ofSeconds(5),
            java.time.InstantSource.system());
    try (EventSubscription subscription =
        new EventSubscription(transport, HELLO, heard, Duration.ofMillis(200), closed -> {})
            .open()) {
      await().until(() -> heard.events.size() == 1 && subscription.connected());
    }
    assertThat(heard.rest).startsWith("disconnected");
  }

  @Test
  void endsWithTheClient() {
    server.on(STREAM, openEnded("data: {}\n\n"));
    client.events(HELLO, heard);
    await().until(() -> heard.events.size() == 1);
    client.close();
    assertThat(heard.rest).containsExactly("end");
  }
}

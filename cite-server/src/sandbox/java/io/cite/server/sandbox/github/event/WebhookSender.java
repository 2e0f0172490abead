package io.cite.server.sandbox.github.event;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Hook;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands events to the hooks that want them, as GitHub does: once, without retry, waiting ten
 * seconds, following no redirect, and leaving a record. Sending happens on a small pool of its own,
 * so deliveries to one hook may overtake each other. Thread-safe.
 */
public final class WebhookSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int THREADS = 8;
  private static final int WAITING = 20_000;
  private static final int RESPONSE_KEPT = 4_096;

  private final State state;
  private final DeliveryLog log;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          task -> {
            Thread thread = new Thread(task, "sandbox-github-hook-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
  private final List<Attempt> held = new ArrayList<>();
  private DeliveryMode mode = DeliveryMode.SEND;
  private int toLose;

  public WebhookSender(State state, DeliveryLog log, InstantSource clock) {
    this.state = state;
    this.log = log;
    this.clock = clock;
    pool.allowCoreThreadTimeOut(true);
  }

  private record Attempt(
      Hook hook,
      String guid,
      boolean redelivery,
      String event,
      @Nullable String action,
      String payload) {}

  /** Tells every hook of the repository that is active and wants the event. */
  void publish(Repo repo, String event, @Nullable String action, ObjectNode payload) {
    String text = new String(Json.bytes(payload), StandardCharsets.UTF_8);
    for (Hook hook : state.hooks().of(repo.id())) {
      if (hook.wants(event)) {
        dispatch(new Attempt(hook, UUID.randomUUID().toString(), false, event, action, text));
      }
    }
  }

  /** Tells one hook, whatever it subscribed to. */
  void tell(Hook hook, String event, @Nullable String action, ObjectNode payload) {
    String text = new String(Json.bytes(payload), StandardCharsets.UTF_8);
    dispatch(new Attempt(hook, UUID.randomUUID().toString(), false, event, action, text));
  }

  /** Sends a recorded event once more, under its old id, to where the hook points now. */
  public void redeliver(Hook hook, Delivery delivery) {
    dispatch(
        new Attempt(
            hook, delivery.guid(), true, delivery.event(), delivery.action(), delivery.payload()));
  }

  /** Changes what becomes of deliveries from now on; what was held is sent on {@code SEND}. */
  public synchronized void mode(DeliveryMode next) {
    mode = next;
    if (next == DeliveryMode.SEND) {
      List<Attempt> waiting = List.copyOf(held);
      held.clear();
      waiting.forEach(this::dispatch);
    }
  }

  /** Loses the next deliveries without a trace. */
  public synchronized void loseNext(int count) {
    toLose = count;
  }

  /** Whether nothing is being sent or waiting to be, held deliveries aside. */
  public boolean idle() {
    return pool.getActiveCount() == 0 && pool.getQueue().isEmpty();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }

  private synchronized void dispatch(Attempt attempt) {
    if (toLose > 0) {
      toLose--;
      return;
    }
    switch (mode) {
      case SEND -> {
        try {
          pool.execute(() -> send(attempt));
        } catch (RejectedExecutionException e) {
          LOG.warn(
              "Dropped {} for {}: too many wait", attempt.event(), attempt.hook().config().url());
        }
      }
      case HOLD -> held.add(attempt);
      case LOSE -> LOG.debug("Lost {}", attempt.event());
      case FAIL -> record(attempt, Map.of(), clock.instant(), 0, Answer.unreachable());
    }
  }

  private record Answer(int code, String status, Map<String, String> headers, String body) {

    static Answer unreachable() {
      return new Answer(502, "failed to connect to host", Map.of(), "");
    }
  }

  private void send(Attempt attempt) {
    Map<String, String> headers = new LinkedHashMap<>();
    Instant start = clock.instant();
    long begun = System.nanoTime();
    Answer answer;
    try {
      byte[] body = body(attempt);
      headers.putAll(headers(attempt, body));
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(attempt.hook().config().url()))
              .timeout(TIMEOUT)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      answer = answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (HttpTimeoutException e) {
      answer = new Answer(504, "timed out", Map.of(), "");
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("Delivery to {} failed", attempt.hook().config().url(), e);
      answer = Answer.unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    record(attempt, headers, start, (System.nanoTime() - begun) / 1e9, answer);
  }

  private void record(
      Attempt attempt, Map<String, String> headers, Instant start, double seconds, Answer answer) {
    Hook hook = attempt.hook();
    if (state.hooks().find(hook.id()).isEmpty()) {
      return;
    }
    log.add(
        new Delivery(
            state.nextId(),
            hook.repository(),
            hook.id(),
            attempt.guid(),
            start.truncatedTo(ChronoUnit.SECONDS),
            attempt.redelivery(),
            Math.round(seconds * 100) / 100.0,
            answer.status(),
            answer.code(),
            attempt.event(),
            attempt.action(),
            hook.config().url(),
            headers,
            attempt.payload(),
            answer.headers(),
            answer.body()));
    boolean fine = answer.code() >= 200 && answer.code() < 400;
    state
        .hooks()
        .change(
            hook.id(),
            now -> now.answered(answer.code(), fine ? "active" : "failed", answer.status()));
  }

  private static Answer answer(HttpResponse<String> response) {
    int code = response.statusCode();
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    String body = response.body();
    return new Answer(
        code,
        code >= 200 && code < 400 ? "OK" : "Invalid HTTP Response: " + code,
        headers,
        body.substring(0, Math.min(body.length(), RESPONSE_KEPT)));
  }

  private static byte[] body(Attempt attempt) {
    String text =
        attempt.hook().config().contentType().equals("json")
            ? attempt.payload()
            : "payload=" + URLEncoder.encode(attempt.payload(), StandardCharsets.UTF_8);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(Attempt attempt, byte[] body) {
    Hook hook = attempt.hook();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "*/*");
    headers.put(
        "Content-Type",
        hook.config().contentType().equals("json")
            ? "application/json"
            : "application/x-www-form-urlencoded");
    headers.put("User-Agent", "GitHub-Hookshot/" + Long.toHexString(hook.id()));
    headers.put("X-GitHub-Delivery", attempt.guid());
    headers.put("X-GitHub-Event", attempt.event());
    headers.put("X-GitHub-Hook-ID", Long.toString(hook.id()));
    headers.put("X-GitHub-Hook-Installation-Target-ID", Long.toString(hook.repository()));
    headers.put("X-GitHub-Hook-Installation-Target-Type", "repository");
    String secret = hook.config().secret();
    if (secret != null) {
      headers.put("X-Hub-Signature", HookSignature.sha1(secret, body));
      headers.put("X-Hub-Signature-256", HookSignature.sha256(secret, body));
    }
    return headers;
  }
}

package io.cite.sdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Sends requests and decides which ones to send again: what is idempotent, or made so by its
 * Idempotency-Key, after a failure that may pass. Thread-safe.
 */
final class Transport {
  private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);
  private static final Set<Integer> NOT_PROCESSED = Set.of(408, 429, 503);
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  final Json json = new Json();
  private final HttpClient http;
  private final String base;
  private final @Nullable String token;
  private final Duration timeout;
  private final InstantSource clock;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Transport(
      HttpClient http, URI base, @Nullable String token, Duration timeout, InstantSource clock) {
    this.http = http;
    this.base = base.toString().replaceAll("/+$", "");
    this.token = token;
    this.timeout = timeout;
    this.clock = clock;
  }

  <T> T json(Call call, Class<T> type) {
    return json(call, json.type(type));
  }

  <T> T json(Call call, JavaType type) {
    return json.read(call.toString(), exchange(call), type);
  }

  <T> ETagged<T> versioned(Call call, Class<T> type) {
    HttpResponse<String> answer = exchange(call);
    T value = json.read(call.toString(), answer, json.type(type));
    return new ETagged<>(value, answer.headers().firstValue("ETag").orElse(null));
  }

  /** Sends until there is an answer that stands; returns successes, throws the rest. */
  HttpResponse<String> exchange(Call call) {
    call.header("Accept", "application/json, application/problem+json, text/plain");
    if (call.method.equals("POST")) {
      call.headers.putIfAbsent("Idempotency-Key", UUID.randomUUID().toString());
    }
    long deadline = call.budget == null ? 0 : System.nanoTime() + call.budget.toNanos();
    Duration backoff = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> pause;
      CiteClientException failure;
      try {
        HttpResponse<String> answer = once(call, deadline);
        if (answer.statusCode() / 100 == 2) {
          return answer;
        }
        failure = json.failure(call.toString(), answer);
        pause = pauseAfter(call, answer, backoff);
      } catch (IOException e) {
        failure =
            new CiteUnavailableException(
                call + " failed: " + base + " could not be reached: " + e, e);
        pause = call.method.equals("PATCH") ? Optional.empty() : Optional.of(backoff);
      }
      boolean giveUp = attempt == ATTEMPTS || pause.isEmpty();
      if (giveUp || (deadline != 0 && left(deadline) <= pause.get().toNanos())) {
        throw failure;
      }
      pause(pause.get());
      backoff = backoff.multipliedBy(2);
    }
  }

  private HttpResponse<String> once(Call call, long deadline) throws IOException {
    HttpRequest.Builder request = request(call);
    if (call.body == null) {
      request.method(call.method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      byte[] body = json.write(call.body);
      request.method(call.method, HttpRequest.BodyPublishers.ofByteArray(body));
    }
    long nanos = timeout.toNanos();
    if (deadline != 0) {
      nanos = Math.max(1, Math.min(nanos, left(deadline)));
    }
    CompletableFuture<HttpResponse<String>> sent =
        http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      // The request's own timeout ends with the headers; this one covers the body too.
      return sent.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("no answer within " + Duration.ofNanos(nanos).toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      sent.cancel(true);
      throw interrupted(call.toString(), e);
    }
  }

  /** A request for the event stream, which has no end and therefore no timeout. */
  <T> CompletableFuture<HttpResponse<T>> stream(Call call, HttpResponse.BodyHandler<T> handler) {
    call.header("Accept", "text/event-stream");
    return http.sendAsync(request(call).GET().build(), handler);
  }

  private HttpRequest.Builder request(Call call) {
    requireOpen();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.target()));
    call.headers.forEach(request::header);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Optional<Duration> pauseAfter(Call call, HttpResponse<String> answer, Duration backoff) {
    Set<Integer> worthwhile = call.method.equals("PATCH") ? NOT_PROCESSED : PASSING;
    if (!worthwhile.contains(answer.statusCode())) {
      return Optional.empty();
    }
    Duration wanted =
        answer.headers().firstValue("Retry-After").flatMap(this::retryAfter).orElse(backoff);
    return wanted.compareTo(LONGEST_PAUSE) > 0 ? Optional.empty() : Optional.of(wanted);
  }

  /** Seconds or an HTTP date, RFC 9110 section 10.2.3. */
  private Optional<Duration> retryAfter(String value) {
    String text = value.strip();
    try {
      if (text.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(clock.instant(), until);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Waits that long, or fails when the client is closed meanwhile. */
  void pause(Duration duration) {
    try {
      closed.get(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted("wait", e);
    }
    requireOpen();
  }

  static CiteUnavailableException interrupted(String action, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CiteUnavailableException(action + " failed: the thread was interrupted", cause);
  }

  void requireOpen() {
    if (closed.isDone()) {
      throw new IllegalStateException("This CiteClient is closed");
    }
  }

  /** Completes when the client is closed. */
  CompletableFuture<Void> closed() {
    return closed;
  }

  private static long left(long deadline) {
    return deadline - System.nanoTime();
  }
}

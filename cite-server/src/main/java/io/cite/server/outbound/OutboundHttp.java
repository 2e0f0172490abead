package io.cite.server.outbound;

import io.cite.core.error.Upstream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP calls to one system that the configuration names. A call ends within the given time, body
 * included; redirects are not followed; nothing is sent twice. Construction connects to nothing.
 * Thread-safe.
 */
public final class OutboundHttp {
  private static final int EXCERPT = 300;

  private final String system;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * Calls to a system.
   *
   * @param system its name in messages, such as {@code Buildbot}
   * @param timeout how long a whole call may take
   */
  public OutboundHttp(String system, Duration timeout) {
    this.system = system;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * Sends a request and reads at most {@code maxBytes} of the answer, whatever its status.
   *
   * @param operation what is tried, for the message: {@code request a build}
   * @throws Upstream retryable, if no answer came; the request may have taken effect
   */
  public Answer send(String operation, HttpRequest.Builder request, int maxBytes) {
    HttpRequest ready = request.timeout(timeout).setHeader("User-Agent", "CITE").build();
    CompletableFuture<HttpResponse<CappedBody.Content>> call =
        client.sendAsync(ready, response -> new CappedBody(maxBytes));
    try {
      HttpResponse<CappedBody.Content> response =
          call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      CappedBody.Content body = response.body();
      return new Answer(response.statusCode(), response.headers(), body.bytes(), body.isWhole());
    } catch (TimeoutException e) {
      call.cancel(true);
      throw Upstream.retryable(
          system, operation, "no answer came within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw Upstream.retryable(system, operation, "it was interrupted", e);
    } catch (ExecutionException e) {
      throw failure(operation, e.getCause() == null ? e : e.getCause());
    }
  }

  private Upstream failure(String operation, Throwable cause) {
    if (cause instanceof IOException) {
      return Upstream.retryable(system, operation, "the connection failed: " + words(cause), cause);
    }
    return Upstream.permanent(system, operation, words(cause), cause);
  }

  private static String words(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  /** The failure that an answer amounts to which is not the one hoped for. */
  public Upstream refusal(String operation, Answer answer) {
    int status = answer.status();
    String why = "it answered " + status + excerpt(answer);
    boolean saysWhen = !answer.header("Retry-After").isEmpty();
    if (status == 429 || (saysWhen && (status == 403 || status == 503))) {
      Duration wait = RetryAfter.parse(answer.header("Retry-After"), answer.header("Date"));
      return Upstream.limited(system, operation, why, wait, null);
    }
    return status >= 500 || status == 408
        ? Upstream.retryable(system, operation, why, null)
        : Upstream.permanent(system, operation, why, null);
  }

  private static String excerpt(Answer answer) {
    String text = answer.text().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (text.isEmpty() || text.startsWith("<")) {
      return "";
    }
    return ": " + (text.length() > EXCERPT ? text.substring(0, EXCERPT) + "..." : text);
  }
}

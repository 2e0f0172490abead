package io.cite.adapters.github;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to GitHub: once, within the timeout, with the token only ever going to the
 * API's own origin. A renamed repository is followed to its new place with the same method, as
 * GitHub asks for. Safe for use by several threads.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">Best
 *     practices</a>
 */
final class GitHubHttp {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);
  private static final int MAX_REDIRECTS = 3;
  private static final int FIRST_ERROR = 400;

  private final URI base;
  private final Duration timeout;
  private final HttpClient client;
  private final RateLimit limit;
  private final RequestObserver observer;

  /**
   * Requests to an API.
   *
   * @param limit takes in what each answer says of the rate limit
   * @param observer is notified of each request
   */
  GitHubHttp(URI base, Duration timeout, RateLimit limit, RequestObserver observer) {
    this.base = base;
    this.timeout = timeout;
    this.limit = limit;
    this.observer = observer;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(
                "https".equals(base.getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** The URL of a path of the API; the path begins with a slash and is encoded already. */
  URI url(String path) {
    return URI.create(base + path);
  }

  /** The path within the API that a URL of it has. */
  String path(URI url) {
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    String path = url.getRawPath();
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  /**
   * Sends and gives the answer, whose status is below 400.
   *
   * @throws GitHubRefusal for any other answer, and without sending while the rate limit is used up
   * @throws UncheckedIOException if there is none in time
   */
  Answer send(
      String method, URI url, Map<String, String> headers, byte @Nullable [] body, String token) {
    limit.admit(token, false);
    URI target = url;
    for (int hop = 0; ; hop++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target)
              .timeout(timeout)
              .header("User-Agent", "cite")
              .header("X-GitHub-Api-Version", "2022-11-28")
              .header("Authorization", "Bearer " + token)
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      headers.forEach(request::setHeader);
      HttpResponse<byte[]> response =
          observed(RequestKind.of(method, path(target)), request.build());
      limit.answered(token, response.statusCode(), response.headers());
      String location = response.headers().firstValue("Location").orElse(null);
      if (REDIRECTS.contains(response.statusCode()) && location != null && hop < MAX_REDIRECTS) {
        URI next = target.resolve(location);
        if (sameOrigin(next)) {
          target = next;
          continue;
        }
      }
      return answer(response);
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status >= FIRST_ERROR || REDIRECTS.contains(status)) {
      throw new GitHubRefusal(
          status, response.headers(), new String(response.body(), StandardCharsets.UTF_8));
    }
    return new Answer(status, response.headers(), response.body());
  }

  private HttpResponse<byte[]> observed(String kind, HttpRequest request) {
    int status = 0;
    try {
      HttpResponse<byte[]> response = exchange(request);
      status = response.statusCode();
      return response;
    } finally {
      observer.answered(kind, status);
    }
  }

  /** The request's own timeout ends with the headers; this one bounds the body as well. */
  private HttpResponse<byte[]> exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new UncheckedIOException(
          new HttpTimeoutException("no answer within " + timeout.toMillis() + " ms"));
    } catch (InterruptedException stop) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new UncheckedIOException(cause instanceof IOException io ? io : new IOException(cause));
    }
  }

  /** Whether the URL lies where the API does, so that it may receive the token. */
  boolean sameOrigin(URI url) {
    return base.getScheme().equalsIgnoreCase(url.getScheme())
        && base.getHost().equalsIgnoreCase(url.getHost())
        && base.getPort() == url.getPort();
  }

  /** An answer with a status below 400. */
  record Answer(int status, HttpHeaders headers, byte[] body) {}
}

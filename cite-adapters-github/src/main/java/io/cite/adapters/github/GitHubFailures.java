package io.cite.adapters.github;

import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.CiteException;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The one place where GitHub's refusals become the core's failures. Nothing is tried again here.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate
 *     limits</a>
 */
final class GitHubFailures {
  static final String SYSTEM = "GitHub";
  private static final Duration UNSAID_WAIT = Duration.ofMinutes(1);
  private static final int MAX_MESSAGE = 500;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  GitHubFailures(InstantSource clock) {
    this.clock = clock;
  }

  /** A call on GitHub. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /**
   * Runs the call.
   *
   * @param operation what is tried, to follow the words "CITE could not"
   * @param repository the repository that a 404 says is missing; null if it says no such thing
   */
  <T> T during(String operation, @Nullable RepositoryName repository, Call<T> call) {
    try {
      return call.run();
    } catch (GitHubRefusal refusal) {
      throw translate(operation, repository, refusal);
    } catch (UncheckedIOException failed) {
      throw unreachable(operation, failed.getCause());
    } catch (IOException | GHException | JacksonException unreadable) {
      throw Upstream.retryable(SYSTEM, operation, "GitHub's answer could not be read", unreadable);
    }
  }

  private static Upstream unreachable(String operation, @Nullable IOException cause) {
    String why =
        cause instanceof HttpTimeoutException
            ? "GitHub did not answer in time"
            : "GitHub could not be reached: " + cause;
    return Upstream.retryable(SYSTEM, operation, why, cause);
  }

  private CiteException translate(
      String operation, @Nullable RepositoryName repository, GitHubRefusal refusal) {
    int status = refusal.status();
    String message = message(refusal.body());
    Optional<Duration> wait = limit(refusal);
    if (wait.isPresent()) {
      return Upstream.limited(
          SYSTEM,
          operation,
          "GitHub's rate limit is used up until " + time(wait.get()) + ": " + message,
          wait.get(),
          refusal);
    }
    if (status >= 500 || status == 408) {
      return Upstream.retryable(
          SYSTEM, operation, "GitHub answered " + status + ": " + message, refusal);
    }
    if (status == 404 && repository != null) {
      return new NotFound(
          ErrorCode.REPOSITORY_NOT_FOUND,
          "The repository " + repository + " does not exist, or the CITE account may not see it.");
    }
    String why =
        switch (status) {
          case 401 -> "GitHub does not accept the token: ";
          case 403 -> "GitHub does not allow it: ";
          case 404 -> "GitHub did not find it: ";
          case 422 -> "GitHub does not accept the request: ";
          default -> "GitHub answered " + status + ": ";
        };
    return Upstream.permanent(SYSTEM, operation, why + message, refusal);
  }

  private String time(Duration wait) {
    return TIME.format(clock.instant().plus(wait).plusSeconds(59));
  }

  /** How long to wait, if the refusal is for a rate limit. */
  private Optional<Duration> limit(GitHubRefusal refusal) {
    RateLimitHeaders headers = new RateLimitHeaders(refusal.headers());
    boolean usedUp = headers.remaining().filter(left -> left == 0).isPresent();
    Optional<Duration> retryAfter = headers.retryAfter();
    boolean limited =
        refusal.status() == 429
            || refusal.status() == 403
                && (usedUp || retryAfter.isPresent() || refusal.says("rate limit"));
    if (!limited) {
      return Optional.empty();
    }
    Optional<Duration> reset = usedUp ? headers.untilReset(clock) : Optional.empty();
    return Optional.of(retryAfter.or(() -> reset).orElse(UNSAID_WAIT));
  }

  /** GitHub's message with what its {@code errors} add to it. */
  static String message(String body) {
    List<String> parts = new ArrayList<>();
    try {
      JsonNode json = GitHubRest.JSON.readTree(body);
      add(parts, json.path("message").asString(""));
      for (JsonNode error : json.path("errors")) {
        String text = error.isString() ? error.asString() : error.path("message").asString("");
        if (text.isEmpty()) {
          text = error.path("field").asString("") + " " + error.path("code").asString("");
        }
        add(parts, text.strip());
      }
      if (json.path("errors").isString()) {
        add(parts, json.path("errors").asString());
      }
    } catch (JacksonException noJson) {
      parts.clear();
    }
    String text = parts.isEmpty() ? "no reason given" : String.join("; ", parts);
    return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text;
  }

  private static void add(List<String> parts, String text) {
    if (!text.isEmpty() && !parts.contains(text)) {
      parts.add(text);
    }
  }
}

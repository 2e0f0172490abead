package io.cite.adapters.github;

import io.cite.core.port.InstantSource;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an answer says of the rate limit: the only place where these headers are read.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate
 *     limits</a>
 */
record RateLimitHeaders(HttpHeaders headers) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** How many calls the hour has. */
  Optional<Long> limit() {
    return number("x-ratelimit-limit");
  }

  /** How many calls are left of the hour. */
  Optional<Long> remaining() {
    return number("x-ratelimit-remaining");
  }

  /** Whether it speaks of the limit that most calls share; others have limits of their own. */
  boolean isCore() {
    return headers.firstValue("x-ratelimit-resource").map("core"::equals).orElse(true);
  }

  /** How long to wait, if the answer says so in seconds. */
  Optional<Duration> retryAfter() {
    return number("retry-after").map(Duration::ofSeconds).map(RateLimitHeaders::atLeast);
  }

  /** How long it is until the hour begins anew, at least a second. */
  Optional<Duration> untilReset(InstantSource clock) {
    return number("x-ratelimit-reset")
        .map(reset -> Duration.between(now(clock), Instant.ofEpochSecond(reset)))
        .map(RateLimitHeaders::atLeast);
  }

  private static Duration atLeast(Duration wait) {
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  /** GitHub's own time if it says it, so that a wrong clock here does no harm. */
  private Instant now(InstantSource clock) {
    try {
      Optional<String> date = headers.firstValue("date");
      if (date.isPresent()) {
        return ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      }
    } catch (DateTimeException unreadable) {
      // our own clock serves as well
    }
    return clock.instant();
  }

  private Optional<Long> number(String name) {
    return headers
        .firstValue(name)
        .map(String::trim)
        .filter(text -> text.matches("[0-9]{1,12}"))
        .map(Long::parseLong);
  }
}

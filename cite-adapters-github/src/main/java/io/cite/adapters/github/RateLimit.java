package io.cite.adapters.github;

import io.cite.core.port.InstantSource;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much is left of GitHub's rate limit, as its answers say, for each token. A request that
 * GitHub would refuse is not sent: requests while a limit is used up prolong it. A fifth of the
 * limit is kept for live work: requests that can wait are not sent once only that is left.
 * Thread-safe.
 *
 * @see <a
 *     href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately">Rate
 *     limit errors</a>
 */
final class RateLimit {
  /** One part in so many is kept for live work. */
  static final int RESERVE = 5;

  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;

  private final InstantSource clock;
  private final Map<String, Hour> hours = new ConcurrentHashMap<>();
  private final Map<String, Instant> closedUntil = new ConcurrentHashMap<>();

  RateLimit(InstantSource clock) {
    this.clock = clock;
  }

  private record Hour(long limit, long remaining, Instant reset) {}

  /** Takes in what an answer says. */
  void answered(String token, int status, HttpHeaders answer) {
    RateLimitHeaders headers = new RateLimitHeaders(answer);
    Instant now = clock.instant();
    Optional<Duration> untilReset = headers.untilReset(clock);
    if (headers.isCore()
        && headers.limit().isPresent()
        && headers.remaining().isPresent()
        && untilReset.isPresent()) {
      hours.values().removeIf(hour -> !now.isBefore(hour.reset()));
      hours.put(
          token,
          new Hour(headers.limit().get(), headers.remaining().get(), now.plus(untilReset.get())));
    }
    if (status == FORBIDDEN || status == TOO_MANY) {
      closedUntil.values().removeIf(until -> !now.isBefore(until));
      headers.retryAfter().ifPresent(wait -> closedUntil.put(token, now.plus(wait)));
    }
  }

  /**
   * Lets a request pass, if GitHub would take it.
   *
   * @param canWait whether the reserve is not for it
   * @throws GitHubRefusal that says how long to wait
   */
  void admit(String token, boolean canWait) {
    Instant now = clock.instant();
    Instant closed = closedUntil.get(token);
    if (closed != null && now.isBefore(closed)) {
      throw refusal(now, closed, "GitHub asked to wait");
    }
    Hour hour = hours.get(token);
    if (hour == null || !now.isBefore(hour.reset())) {
      return;
    }
    if (hour.remaining() == 0) {
      throw refusal(now, hour.reset(), "all %d calls of the hour are made".formatted(hour.limit()));
    }
    if (canWait && hour.remaining() <= hour.limit() / RESERVE) {
      throw refusal(
          now,
          hour.reset(),
          "the last %d calls of the hour are kept for builds and deployments"
              .formatted(hour.remaining()));
    }
  }

  private static GitHubRefusal refusal(Instant now, Instant until, String why) {
    long seconds = Math.max(1, Duration.between(now, until).toSeconds());
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of("retry-after", List.of(Long.toString(seconds))), (name, value) -> true);
    return new GitHubRefusal(TOO_MANY, headers, "{\"message\":\"" + why + "\"}");
  }

  /** The least that is left of the limit of a token in its running hour; empty if none is known. */
  Optional<Long> remaining() {
    Instant now = clock.instant();
    return hours.values().stream()
        .filter(hour -> now.isBefore(hour.reset()))
        .map(Hour::remaining)
        .min(Comparator.naturalOrder());
  }
}

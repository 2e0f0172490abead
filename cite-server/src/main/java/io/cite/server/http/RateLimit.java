package io.cite.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.core.port.InstantSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * So many requests for each key in each minute of the clock. The keys used least recently are
 * forgotten once there are very many. Thread-safe.
 */
public final class RateLimit {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_KEYS = 100_000;

  private final int perMinute;
  private final InstantSource clock;
  private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  /** At most so many for each key in each minute. */
  public RateLimit(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @throws HttpProblem with 429 if this minute had too many
   */
  public void count(String key) {
    ConsumptionProbe probe =
        buckets.asMap().computeIfAbsent(key, k -> bucket()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long wait = probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1;
      throw HttpProblem.tooMany(Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait)));
    }
  }

  private Bucket bucket() {
    Instant nextMinute = clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(WINDOW);
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(perMinute).refillIntervallyAligned(perMinute, WINDOW, nextMinute))
        .withCustomTimePrecision(new ClockMeter(clock))
        .build();
  }

  private record ClockMeter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      Instant now = clock.instant();
      return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}

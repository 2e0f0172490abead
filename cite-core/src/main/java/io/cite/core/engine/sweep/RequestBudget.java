package io.cite.core.engine.sweep;

import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;

/**
 * How many requests may still be spent: so many at once, and so many more each hour. A request
 * whose cost is known only afterwards may overdraw it. Not thread-safe.
 */
final class RequestBudget {
  private static final double MILLIS_PER_HOUR = Duration.ofHours(1).toMillis();

  private final InstantSource clock;
  private final int perHour;
  private final int atOnce;
  private double left;
  private Instant counted;

  RequestBudget(InstantSource clock, int perHour, int atOnce) {
    this.clock = clock;
    this.perHour = perHour;
    this.atOnce = atOnce;
    this.left = atOnce;
    this.counted = clock.instant();
  }

  /** Whether a request that costs something may be made now. */
  boolean isLeft() {
    return pause(0).isZero();
  }

  /** How long to wait until it is overdrawn by no more than this; zero if it is not. */
  Duration pause(int overdraft) {
    refill();
    double missing = 1 - overdraft - left;
    return missing <= 0
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil(missing * MILLIS_PER_HOUR / perHour));
  }

  /** Counts a request that was made. */
  void spend() {
    refill();
    left -= 1;
  }

  private void refill() {
    Instant now = clock.instant();
    double millis = Math.max(0, Duration.between(counted, now).toMillis());
    left = Math.min(atOnce, left + millis * perHour / MILLIS_PER_HOUR);
    counted = now;
  }
}

package io.cite.server.bootstrap;

import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time as deadlines need it: it never jumps and never goes back. It begins with the wall clock
 * and goes as fast as time passes within the process. If the wall clock was set, this one follows
 * by a tenth of the time that passes, so that a deadline of ten minutes is off by one at most.
 * Thread-safe.
 */
final class SlewingClock implements InstantSource {
  private static final int SLOWNESS = 10;

  private final InstantSource wall;
  private final LongSupplier nanos;
  private Instant now;
  private long asOf;

  /**
   * A clock that begins now.
   *
   * @param wall what it begins with and follows
   * @param nanos time that passes, as {@link System#nanoTime} tells it
   */
  SlewingClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.now = wall.instant();
    this.asOf = nanos.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long time = nanos.getAsLong();
    Duration passed = Duration.ofNanos(Math.max(0, time - asOf));
    asOf = time;
    Instant expected = now.plus(passed);
    Duration most = passed.dividedBy(SLOWNESS);
    now = expected.plus(within(Duration.between(expected, wall.instant()), most));
    return now;
  }

  private static Duration within(Duration off, Duration most) {
    if (off.compareTo(most) > 0) {
      return most;
    }
    return off.compareTo(most.negated()) < 0 ? most.negated() : off;
  }
}

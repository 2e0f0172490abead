package io.cite.core.memory;

import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is moved. Thread-safe. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  /** A clock that shows this time. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves the clock on. */
  public synchronized void advance(Duration step) {
    now = now.plus(step);
  }

  /** Moves the clock to a time, unless it is later already. */
  public synchronized void advanceTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
  }
}

package io.cite.core.simulation;

import io.cite.core.port.InstantSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the calls of the ports in each minute of the simulated time. A record whose own update
 * queues it again at once never comes to rest, and no time passes meanwhile: its calls are too
 * many.
 */
final class CallRate {
  /** No random life makes so many; a message that is sent 1,000 times a second makes more. */
  private static final int MOST = 20_000;

  private final Map<String, Integer> calls = new TreeMap<>();
  private final InstantSource clock;
  private Instant minute = Instant.EPOCH;
  private int count;

  CallRate(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts a call.
   *
   * @throws AssertionError if there were too many in this minute
   */
  void count(String call) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      minute = now;
      count = 0;
      calls.clear();
    }
    calls.merge(call, 1, Integer::sum);
    if (++count > MOST) {
      throw new AssertionError(count + " calls within the minute " + now + ": " + calls);
    }
  }
}

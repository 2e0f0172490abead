package io.cite.core.simulation;

import io.cite.core.port.InstantSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of the ports in each minute of the simulated time. A record whose own update
 * queues it again at once never comes to rest, and no time passes meanwhile: its calls are too
 * many.
 */
final class CallRate {
  /** Far above what the busiest minute of a random life takes. */
  private static final int MOST = 20_000;

  private final Map<String, Integer> calls = new TreeMap<>();
  private @Nullable InstantSource clock;
  private @Nullable Instant minute;
  private int count;
  private int busiest;

  void countBy(InstantSource source) {
    clock = source;
  }

  /** The most calls in one minute so far. */
  int busiest() {
    return busiest;
  }

  /**
   * Counts a call.
   *
   * @throws AssertionError if there were too many in this minute
   */
  void count(String call) {
    if (clock == null) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (!now.equals(minute)) {
      minute = now;
      count = 0;
      calls.clear();
    }
    calls.merge(call, 1, Integer::sum);
    busiest = Math.max(busiest, ++count);
    if (count > MOST) {
      throw new AssertionError(count + " calls within the minute " + now + ": " + calls);
    }
  }
}

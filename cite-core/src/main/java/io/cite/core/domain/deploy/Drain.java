package io.cite.core.domain.deploy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the pods of a deployment that lost the traffic end. A switch of traffic directs new
 * connections only: whoever keeps a connection is answered by the former pods for as long as they
 * run. So all of them end, whether or not others take their place as a standby.
 *
 * @param atOnce whether nobody is to be answered by it any more, because it was rolled back from:
 *     then it is drained without a delay, and no pods take the place of those that end
 * @param from when it begins; null while no pod of the deployment that took the traffic was seen to
 *     take any
 * @param emptiedAt when all of its pods had been asked to end; null before
 * @param overAt when none of them ran any more; null before
 */
public record Drain(
    boolean atOnce, @Nullable Instant from, @Nullable Instant emptiedAt, @Nullable Instant overAt) {

  /** A drain that waits until the switch is confirmed. */
  public static Drain awaitingConfirmation(boolean atOnce) {
    return new Drain(atOnce, null, null, null);
  }

  /** Whether all of the pods were asked to end. */
  public boolean isEmptied() {
    return emptiedAt != null;
  }

  /** Whether none of the pods runs any more. */
  public boolean isOver() {
    return overAt != null;
  }

  Drain beginningAt(Instant start) {
    return new Drain(atOnce, start, emptiedAt, overAt);
  }

  Drain emptied(Instant at) {
    return new Drain(atOnce, from, at, overAt);
  }

  Drain over(Instant at) {
    return new Drain(atOnce, from, emptiedAt, at);
  }
}

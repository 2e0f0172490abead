package io.cite.core.engine.rollout;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait with the next repair of an environment. The first repairs are made at once. If
 * more are needed soon after, something undoes them: each wait is then twice the one before. Kept
 * for a term only, so another leader begins anew. Thread-safe.
 */
final class RepairPauses {
  private static final int AT_ONCE = 3;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private record Repairs(int count, String what, Instant since, Instant until) {}

  private final Map<EnvironmentId, Repairs> recent = new ConcurrentHashMap<>();

  /** The wait until the next repair; empty if one may be made now. */
  Optional<Waiting> waiting(EnvironmentId id, Instant now) {
    return Optional.ofNullable(recent.get(id))
        .filter(repairs -> now.isBefore(repairs.until()))
        .map(
            repairs ->
                new Waiting(
                    "the next repair, because something in the cluster keeps changing "
                        + repairs.what(),
                    repairs.since(),
                    repairs.until()));
  }

  /** Notes a repair of this. */
  void repaired(EnvironmentId id, String what, Instant now) {
    recent.values().removeIf(repairs -> repairs.until().plus(FORGOTTEN).isBefore(now));
    Repairs before = recent.getOrDefault(id, new Repairs(0, what, now, now));
    int count = before.count() + 1;
    Duration pause = count < AT_ONCE ? Duration.ZERO : pause(count - AT_ONCE);
    recent.put(id, new Repairs(count, what, before.since(), now.plus(pause)));
  }

  private static Duration pause(int doublings) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(doublings, 10));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}

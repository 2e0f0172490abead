package io.cite.core.engine;

import io.cite.core.domain.service.EnvironmentId;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which events of environments call for a round. A round's own commits come back as events;
 * it has read what it wrote, and needs no other round for it. An event is left out only if a round
 * that came to its end has seen that very key at the event's revision or a later one, so nothing
 * that somebody else wrote is missed. Thread-safe.
 */
final class RoundEvents {
  private final Map<EnvironmentId, Map<String, Long>> during = new HashMap<>();
  private final Map<EnvironmentId, Map<String, Long>> seen = new HashMap<>();

  /** A round begins; events are kept until it ends. */
  synchronized void begin(EnvironmentId id) {
    during.put(id, new HashMap<>());
  }

  /**
   * A key of the environment changed.
   *
   * @return whether a round has to follow; false also while a round is being done, whose end tells
   */
  synchronized boolean callsForRound(EnvironmentId id, String key, long revision) {
    Map<String, Long> kept = during.get(id);
    if (kept != null) {
      kept.merge(key, revision, Math::max);
      return false;
    }
    return isNew(seen.getOrDefault(id, Map.of()), key, revision);
  }

  /**
   * A round has ended.
   *
   * @param last revisions of the records that changed during the round as its steps saw them last,
   *     by their keys; empty if the round did not come to its end
   * @return whether another round has to follow
   */
  synchronized boolean end(EnvironmentId id, Map<String, Long> last) {
    Map<String, Long> kept = during.remove(id);
    if (last.isEmpty()) {
      seen.remove(id);
    } else {
      seen.put(id, last);
    }
    return kept != null
        && kept.entrySet().stream()
            .anyMatch(event -> isNew(last, event.getKey(), event.getValue()));
  }

  private static boolean isNew(Map<String, Long> last, String key, long revision) {
    Long known = last.get(key);
    return known == null || known < revision;
  }
}

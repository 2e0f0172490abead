package io.cite.adapters.k8s;

import io.cite.core.domain.deploy.Evidence;
import io.cite.core.port.cluster.RolloutId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the evidence of stuck rollouts, so that observing one again and again costs no calls until
 * something about it changes or its evidence has aged. A container that merely is not ready yet
 * counts as stuck only when it was seen so for a while. Thread-safe.
 */
final class EvidenceCache {
  private static final long MAX_AGE = Duration.ofSeconds(5).toNanos();
  private static final long AGE = Duration.ofSeconds(15).toNanos();

  private record Seen(
      RolloutDiagnosis.Finding finding, long since, long read, @Nullable Evidence evidence) {}

  private final EvidenceCollector collector;
  private final LongSupplier nanos;
  private final Map<RolloutId, Seen> memory = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that never jumps
   */
  EvidenceCache(EvidenceCollector collector, LongSupplier nanos) {
    this.collector = collector;
    this.nanos = nanos;
  }

  /** Evidence of the finding; null if it is not worth mentioning yet. */
  @Nullable Evidence of(
      RolloutId rollout, Set<String> pods, RolloutDiagnosis.@Nullable Finding finding) {
    if (finding == null) {
      forget(rollout);
      return null;
    }
    long now = nanos.getAsLong();
    Seen last = memory.get(rollout);
    Seen seen = last != null && last.finding().equals(finding) ? last : null;
    long since = seen == null ? now : seen.since();
    if (finding.weight() == RolloutDiagnosis.Weight.STARTING && now - since < MAX_AGE) {
      memory.put(rollout, new Seen(finding, since, now, null));
      return null;
    }
    if (seen != null && seen.evidence() != null && now - seen.read() < AGE) {
      return seen.evidence();
    }
    Evidence evidence = collector.collect(rollout, pods, finding);
    memory.put(rollout, new Seen(finding, since, now, evidence));
    return evidence;
  }

  void forget(RolloutId rollout) {
    memory.remove(rollout);
  }
}

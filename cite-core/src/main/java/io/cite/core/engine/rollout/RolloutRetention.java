package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.RollbackTargets;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.TrafficRouter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Says which rollouts of retired deployments are past their retention, counted from their
 * retirement. A rollout that a live or running deployment uses, or may have to go back to, is kept,
 * and so is one whose pods have not been asked to end. Thread-safe.
 */
public final class RolloutRetention {
  private final TrafficRouter router;
  private final InstantSource clock;
  private final RolloutSettings settings;

  /** A retention by these settings. */
  public RolloutRetention(TrafficRouter router, InstantSource clock, RolloutSettings settings) {
    this.router = router;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Numbers of the rollouts of an environment that may go now, newest first.
   *
   * @param all all deployments of the environment
   * @throws io.cite.core.error.Upstream if the cluster has to be asked and does not answer
   */
  public SortedSet<Long> removable(EnvironmentId id, List<Deployment> all) {
    Set<Long> needed = needed(all);
    SortedSet<Long> removable = beyondRetention(all, needed);
    if (removable.isEmpty()) {
      // nearly always: nothing is asked of the cluster
      return removable;
    }
    router.current(id).ifPresent(traffic -> needed.add(traffic.rolloutSeq()));
    return beyondRetention(all, needed);
  }

  private static Set<Long> needed(List<Deployment> all) {
    Set<Long> needed = new HashSet<>();
    for (Deployment d : all) {
      if (d.state().isUnderWay() || d.state() == DeploymentState.LIVE) {
        needed.add(d.rolloutSeq());
      }
      if (d.isDraining() && !Objects.requireNonNull(d.drain()).isEmptied()) {
        // proxies may still send to its pods
        needed.add(d.rolloutSeq());
      }
      if (d.awaitsConfirmation()) {
        RollbackTargets.of(d, all).forEach(earlier -> needed.add(earlier.rolloutSeq()));
      }
    }
    return needed;
  }

  private SortedSet<Long> beyondRetention(List<Deployment> all, Set<Long> needed) {
    SortedMap<Long, List<Deployment>> unused = new TreeMap<>(Comparator.reverseOrder());
    for (Deployment d : all) {
      if (isRemovable(d) && !needed.contains(d.rolloutSeq())) {
        unused.computeIfAbsent(d.rolloutSeq(), key -> new ArrayList<>()).add(d);
      }
    }
    Instant oldest = clock.instant().minus(settings.retention());
    SortedSet<Long> removable = new TreeSet<>(Comparator.reverseOrder());
    unused.forEach(
        (seq, users) -> {
          boolean young = retiredAt(users).isAfter(oldest);
          int kept = unused.headMap(seq).size() - removable.size();
          if (!young || kept >= settings.keepRetired()) {
            removable.add(seq);
          }
        });
    return removable;
  }

  /** Whether the deployment is over and its rollout may still be there. */
  static boolean isRemovable(Deployment d) {
    return d.state() == DeploymentState.RETIRED && d.rollout().mayExist();
  }

  private static Instant retiredAt(List<Deployment> users) {
    return users.stream()
        .map(user -> Objects.requireNonNullElse(user.timeline().endedAt(), Instant.MAX))
        .max(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}

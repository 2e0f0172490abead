package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.RollbackTargets;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.engine.store.EnvironmentView;
import io.cite.core.port.Cluster;
import io.cite.core.port.Cluster.RolloutId;
import io.cite.core.port.InstantSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Removes the rollouts of retired deployments that are past their retention, counted from their
 * retirement, and never one that a live or running deployment uses, or may have to go back to.
 */
public final class GarbageCollector implements EnvironmentStep {
  private final Records records;
  private final Cluster cluster;
  private final InstantSource clock;
  private final RolloutSettings settings;

  /** A collector that works on these records. */
  public GarbageCollector(
      Records records, Cluster cluster, InstantSource clock, RolloutSettings settings) {
    this.records = records;
    this.cluster = cluster;
    this.clock = clock;
    this.settings = settings;
  }

  /** Names of the controllers that may go now. */
  public List<String> removable(EnvironmentId id) {
    return mayGo(id, records.list(Keys.deploymentsOf(id))).keySet().stream()
        .map(seq -> new RolloutId(id, seq).name())
        .toList();
  }

  /**
   * Removes what may go; false where there is nothing. For whoever works on the environment, so
   * that no deployment begins to use a rollout while it is being removed.
   */
  @Override
  public boolean step(EnvironmentView view) {
    Map<Long, List<Versioned<Deployment>>> removable = mayGo(view.id(), view.deployments());
    Instant now = clock.instant();
    removable.forEach(
        (seq, users) -> {
          cluster.remove(new RolloutId(view.id(), seq));
          Records.Write write = records.write();
          for (Versioned<Deployment> user : users) {
            write.replace(
                user,
                DeploymentMachine.apply(user.value(), new DeploymentEvent.RolloutRemoved(), now));
          }
          write.commitOrRetry();
        });
    return !removable.isEmpty();
  }

  /** Each rollout that may go now, with the deployments that used it. */
  private Map<Long, List<Versioned<Deployment>>> mayGo(
      EnvironmentId id, List<Versioned<Deployment>> all) {
    Set<Long> needed = needed(all);
    if (beyondRetention(all, needed).isEmpty()) {
      // nearly always: nothing is asked of the cluster
      return Map.of();
    }
    cluster.traffic(id).ifPresent(traffic -> needed.add(traffic.rolloutSeq()));
    return beyondRetention(all, needed);
  }

  private static Set<Long> needed(List<Versioned<Deployment>> all) {
    Set<Long> needed = new HashSet<>();
    for (Versioned<Deployment> stored : all) {
      Deployment d = stored.value();
      if (d.state().isUnderWay() || d.state() == DeploymentState.LIVE) {
        needed.add(d.rolloutSeq());
      }
      if (d.awaitsConfirmation()) {
        RollbackTargets.of(d, all.stream().map(Versioned::value).toList())
            .forEach(earlier -> needed.add(earlier.rolloutSeq()));
      }
    }
    return needed;
  }

  private Map<Long, List<Versioned<Deployment>>> beyondRetention(
      List<Versioned<Deployment>> all, Set<Long> needed) {
    SortedMap<Long, List<Versioned<Deployment>>> unused = new TreeMap<>(Comparator.reverseOrder());
    for (Versioned<Deployment> stored : all) {
      Deployment d = stored.value();
      if (d.state() == DeploymentState.RETIRED
          && d.rolledOut()
          && !needed.contains(d.rolloutSeq())) {
        unused.computeIfAbsent(d.rolloutSeq(), key -> new ArrayList<>()).add(stored);
      }
    }
    Instant oldest = clock.instant().minus(settings.retention());
    Map<Long, List<Versioned<Deployment>>> removable = new TreeMap<>(Comparator.reverseOrder());
    unused.forEach(
        (seq, users) -> {
          boolean young = retiredAt(users).isAfter(oldest);
          int kept = unused.headMap(seq).size() - removable.size();
          if (!young || kept >= settings.keepRetired()) {
            removable.put(seq, users);
          }
        });
    return removable;
  }

  private static Instant retiredAt(List<Versioned<Deployment>> users) {
    return users.stream()
        .map(user -> Objects.requireNonNullElse(user.value().endedAt(), Instant.MAX))
        .max(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** When a rollout of the environment may go next; empty if none is waiting for that. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentView view) {
    return view.deployments().stream()
        .map(Versioned::value)
        .filter(d -> d.state() == DeploymentState.RETIRED && d.rolledOut() && d.endedAt() != null)
        .map(d -> Objects.requireNonNull(d.endedAt()).plus(settings.retention()))
        .filter(at -> at.isAfter(clock.instant()))
        .min(Instant::compareTo);
  }
}

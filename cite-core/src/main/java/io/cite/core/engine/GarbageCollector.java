package io.cite.core.engine;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.WayBack;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.Cluster.RolloutId;
import io.cite.core.port.Cluster.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Removes the rollouts of retired deployments that are past their retention, counted from their
 * retirement, and never one that a live or running deployment uses, or may have to go back to.
 */
public final class GarbageCollector {
  private final Records records;
  private final Outside outside;
  private final EngineSettings settings;

  /** A collector that works on these records. */
  public GarbageCollector(Records records, Outside outside, EngineSettings settings) {
    this.records = records;
    this.outside = outside;
    this.settings = settings;
  }

  /**
   * Removes what may go.
   *
   * <p>To be called by whoever works on the environment, so that no deployment begins to use a
   * rollout while it is being removed.
   *
   * @param dryRun only say what would be removed
   * @return names of the controllers
   */
  public List<String> collect(EnvironmentId id, boolean dryRun) {
    List<Stored<Deployment>> all = records.list(Keys.deploymentsOf(id));
    Set<Long> needed = new HashSet<>();
    for (Stored<Deployment> stored : all) {
      Deployment d = stored.value();
      if (d.state().isUnderWay() || d.state() == DeploymentState.LIVE) {
        needed.add(d.rolloutSeq());
      }
      if (d.awaitsConfirmation()) {
        WayBack.of(d, all.stream().map(Stored::value).toList())
            .forEach(earlier -> needed.add(earlier.rolloutSeq()));
      }
    }
    Optional<Traffic> traffic = outside.cluster().traffic(id);
    traffic.ifPresent(t -> needed.add(t.rolloutSeq()));
    Map<Long, List<Stored<Deployment>>> unused = new TreeMap<>(Comparator.reverseOrder());
    for (Stored<Deployment> stored : all) {
      Deployment d = stored.value();
      if (d.state() == DeploymentState.RETIRED
          && d.rolledOut()
          && !needed.contains(d.rolloutSeq())) {
        unused.computeIfAbsent(d.rolloutSeq(), key -> new ArrayList<>()).add(stored);
      }
    }
    Instant now = outside.clock().instant();
    List<String> removed = new ArrayList<>();
    int kept = 0;
    for (Map.Entry<Long, List<Stored<Deployment>>> entry : unused.entrySet()) {
      if (kept < settings.keepRetired()
          && retiredAt(entry.getValue()).isAfter(now.minus(settings.retention()))) {
        kept++;
        continue;
      }
      RolloutId rollout = new RolloutId(id, entry.getKey());
      removed.add(rollout.name());
      if (!dryRun) {
        outside.cluster().remove(rollout);
        Records.Write write = records.write();
        for (Stored<Deployment> user : entry.getValue()) {
          write.replace(
              user,
              DeploymentMachine.apply(user.value(), new DeploymentEvent.RolloutRemoved(), now));
        }
        write.commitOrLookAgain();
      }
    }
    return removed;
  }

  private static Instant retiredAt(List<Stored<Deployment>> users) {
    return users.stream()
        .map(user -> Objects.requireNonNullElse(user.value().endedAt(), Instant.MAX))
        .max(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** When a rollout of the environment may go next; empty if none is waiting for that. */
  Optional<Instant> nextDeadline(EnvironmentView view) {
    return view.deployments().stream()
        .map(Stored::value)
        .filter(d -> d.state() == DeploymentState.RETIRED && d.rolledOut() && d.endedAt() != null)
        .map(d -> Objects.requireNonNull(d.endedAt()).plus(settings.retention()))
        .filter(at -> at.isAfter(outside.clock().instant()))
        .min(Instant::compareTo);
  }
}

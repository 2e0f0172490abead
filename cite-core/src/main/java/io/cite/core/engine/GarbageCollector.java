package io.cite.core.engine;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.Cluster.RolloutId;
import io.cite.core.port.Cluster.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Removes the rollouts of retired deployments that are past their retention, counted from their
 * retirement, and never one that a live or running deployment uses.
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
    }
    Optional<Traffic> traffic = outside.cluster().traffic(id);
    traffic.ifPresent(t -> needed.add(t.rolloutSeq()));
    List<Stored<Deployment>> retired =
        all.stream()
            .filter(d -> d.value().state() == DeploymentState.RETIRED && d.value().rolledOut())
            .filter(d -> !needed.contains(d.value().seq()))
            .sorted(Comparator.comparingLong(d -> -d.value().seq()))
            .toList();
    Instant limit = outside.clock().instant().minus(settings.retention());
    List<String> removed = new ArrayList<>();
    int kept = 0;
    for (Stored<Deployment> stored : retired) {
      Instant since = Objects.requireNonNullElse(stored.value().endedAt(), Instant.MAX);
      if (kept < settings.keepRetired() && since.isAfter(limit)) {
        kept++;
        continue;
      }
      RolloutId rollout = new RolloutId(id, stored.value().seq());
      removed.add(rollout.name());
      if (!dryRun) {
        Instant now = outside.clock().instant();
        Deployment after =
            DeploymentMachine.apply(stored.value(), new DeploymentEvent.RolloutRemoved(), now);
        outside.cluster().remove(rollout);
        records.write().replace(stored, after).commitOrLookAgain();
      }
    }
    return removed;
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

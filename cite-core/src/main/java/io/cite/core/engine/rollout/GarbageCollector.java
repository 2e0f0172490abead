package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.TrafficRouter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/** Removes the rollouts that {@link RolloutRetention} gives free. */
public final class GarbageCollector implements EnvironmentStep {
  private final Records records;
  private final Rollouts rollouts;
  private final InstantSource clock;
  private final RolloutSettings settings;
  private final RolloutRetention retention;

  /** A collector that works on these records. */
  public GarbageCollector(
      Records records,
      Rollouts rollouts,
      TrafficRouter router,
      InstantSource clock,
      RolloutSettings settings) {
    this.records = records;
    this.rollouts = rollouts;
    this.clock = clock;
    this.settings = settings;
    this.retention = new RolloutRetention(router, clock, settings);
  }

  /**
   * Removes what may go; false if there is nothing. For whoever works on the environment, so that
   * no deployment begins to use a rollout while it is being removed.
   */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    List<Deployment> all = view.deployments().stream().map(Versioned::value).toList();
    SortedSet<Long> removable = retention.removable(view.id(), all);
    Instant now = clock.instant();
    for (long seq : removable) {
      rollouts.remove(new RolloutId(view.id(), seq));
      Records.Write write = records.write();
      for (Versioned<Deployment> user : view.deployments()) {
        if (user.value().rolloutSeq() == seq && RolloutRetention.isRemovable(user.value())) {
          write.replace(
              user,
              DeploymentMachine.apply(user.value(), new DeploymentEvent.RolloutRemoved(), now));
        }
      }
      write.commitOrRetry();
    }
    return !removable.isEmpty();
  }

  /** When a rollout of the environment may go next; empty if none is waiting for that. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    return view.deployments().stream()
        .map(Versioned::value)
        .filter(d -> RolloutRetention.isRemovable(d) && d.timeline().endedAt() != null)
        .map(d -> Objects.requireNonNull(d.timeline().endedAt()).plus(settings.retention()))
        .filter(at -> at.isAfter(clock.instant()))
        .min(Instant::compareTo);
  }
}

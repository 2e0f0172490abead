package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEffect;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentView;
import io.cite.core.port.Cluster;
import io.cite.core.port.Cluster.Traffic;
import io.cite.core.port.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the rollouts of an environment as few and as large as its records say. */
final class RolloutMaintenance {
  private final Records records;
  private final Cluster cluster;
  private final InstantSource clock;

  RolloutMaintenance(Records records, Cluster cluster, InstantSource clock) {
    this.records = records;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Takes one step; false where there is none to take now. */
  public boolean step(EnvironmentView view) {
    return tidy(view) || scale(view);
  }

  /** Removes what a deployment that ended without success left in the cluster. */
  private boolean tidy(EnvironmentView view) {
    for (Versioned<Deployment> stored : view.deployments()) {
      Deployment d = stored.value();
      if (DeploymentMachine.next(d) == DeploymentEffect.REMOVE_ROLLOUT) {
        if (!isNeededByOthers(view, d)) {
          cluster.remove(DeploymentReconciler.rollout(d));
        }
        records
            .write()
            .replace(
                stored,
                DeploymentMachine.apply(d, new DeploymentEvent.RolloutRemoved(), clock.instant()))
            .commitOrRetry();
        return true;
      }
    }
    return false;
  }

  /** A rollback that failed must not delete the pods that it was to use again. */
  private boolean isNeededByOthers(EnvironmentView view, Deployment d) {
    Optional<Traffic> traffic = cluster.traffic(view.id());
    return traffic.filter(t -> t.rolloutSeq() == d.rolloutSeq()).isPresent()
        || view.deployments().stream()
            .map(Versioned::value)
            .filter(other -> other.seq() != d.seq() && other.rolloutSeq() == d.rolloutSeq())
            .anyMatch(other -> other.rollout().mayExist());
  }

  private boolean scale(EnvironmentView view) {
    int wanted = view.settings().value().replicas().count();
    @Nullable Long live = view.state().value().live();
    Optional<Versioned<Deployment>> stored =
        live == null ? Optional.empty() : view.deployment(live);
    if (stored.isEmpty() || stored.get().value().rollout().wantedPods() == wanted) {
      return false;
    }
    cluster.scale(DeploymentReconciler.rollout(stored.get().value()), wanted);
    records.write().replace(stored.get(), stored.get().value().scaled(wanted)).commitOrRetry();
    return true;
  }
}

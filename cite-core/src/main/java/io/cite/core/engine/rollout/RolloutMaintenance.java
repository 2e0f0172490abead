package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.PodSettings;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.port.cluster.TrafficRouter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the rollouts of an environment as few and as large as its records say. */
final class RolloutMaintenance {
  private final Rollouts rollouts;
  private final TrafficRouter router;
  private final DeploymentWriter writer;

  RolloutMaintenance(Rollouts rollouts, TrafficRouter router, DeploymentWriter writer) {
    this.rollouts = rollouts;
    this.router = router;
    this.writer = writer;
  }

  /** Removes what a deployment that ended without success left in the cluster. */
  void remove(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    if (!isNeededByOthers(view, d)) {
      rollouts.remove(DeploymentReconciler.rollout(d));
    }
    writer
        .write()
        .replace(stored, writer.after(d, new DeploymentEvent.RolloutRemoved()))
        .commitOrRetry();
  }

  /** What the pods of a rollout are given, or were given if it is used again. */
  @Nullable PodSettings given(EnvironmentSnapshot view, Deployment d) {
    boolean isUsedAgain =
        d.rolloutSeq() != d.seq() && rollouts.observe(DeploymentReconciler.rollout(d)).exists();
    return isUsedAgain
        ? view.deployment(d.rolloutSeq())
            .map(earlier -> earlier.value().rollout().settings())
            .orElse(null)
        : made(view, d);
  }

  /** What pods of the deployment that are made now are given. */
  static PodSettings made(EnvironmentSnapshot view, Deployment d) {
    ServiceSettings service = view.service().value();
    return PodSettings.of(d.portsOr(service.ports()), service, view.settings().value());
  }

  /** A rollback that failed must not delete the pods that it was to use again. */
  private boolean isNeededByOthers(EnvironmentSnapshot view, Deployment d) {
    Optional<Traffic> traffic = router.current(view.id());
    return traffic.filter(t -> t.rolloutSeq() == d.rolloutSeq()).isPresent()
        || view.deployments().stream()
            .map(Versioned::value)
            .filter(other -> other.seq() != d.seq() && other.rolloutSeq() == d.rolloutSeq())
            .anyMatch(other -> other.rollout().mayExist());
  }

  /** Gives the live deployment as many pods as are wanted; false if it has them. */
  boolean scale(EnvironmentSnapshot view) {
    int wanted = view.settings().value().replicas().count();
    @Nullable Long live = view.state().value().live();
    Optional<Versioned<Deployment>> stored =
        live == null ? Optional.empty() : view.deployment(live);
    if (stored.isEmpty()) {
      return false;
    }
    Deployment d = stored.get().value();
    if (d.rollout().wantedPods() == wanted) {
      RolloutStatus seen = rollouts.observe(DeploymentReconciler.rollout(d));
      if (seen.exists() && seen.wanted() == 0) {
        // a leader that lost its term may end the pods of a rollout that was taken again since
        rollouts.scale(DeploymentReconciler.rollout(d), wanted);
      }
      return false;
    }
    rollouts.scale(DeploymentReconciler.rollout(d), wanted);
    writer.write().replace(stored.get(), d.scaled(wanted)).commitOrRetry();
    return true;
  }
}

package io.cite.core.engine.rollout;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.Drain;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.RollbackTargets;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.port.cluster.Blocker;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.port.cluster.TrafficRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks after a switch that pods take the traffic. If none does in time, it orders a rollback to
 * the rollout that was live before. As any deployment, that has a number of its own, so it never
 * overtakes a newer one, and nothing outside the store is touched here. Until it has the traffic,
 * the deployment that nobody serves keeps it: its pods may still come to themselves.
 */
final class PostSwitchCheck {
  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

  private final Rollouts rollouts;
  private final TrafficRouter router;
  private final RolloutSettings settings;
  private final DeploymentWriter writer;

  PostSwitchCheck(
      Rollouts rollouts, TrafficRouter router, RolloutSettings settings, DeploymentWriter writer) {
    this.rollouts = rollouts;
    this.router = router;
    this.settings = settings;
    this.writer = writer;
  }

  /** Takes one step for a live deployment; false if there is none to take now. */
  boolean confirm(EnvironmentSnapshot view, Versioned<Deployment> live) {
    Deployment d = live.value();
    boolean replaced = view.candidate().isPresent();
    if (d.hasNoEndpoints() && replaced) {
      return false;
    }
    Optional<Traffic> traffic = router.current(view.id());
    if (traffic.isPresent() && traffic.get().deploySeq() != d.seq()) {
      return false;
    }
    int endpoints = traffic.map(Traffic::readyEndpoints).orElse(0);
    if (endpoints > 0) {
      Records.Write write = writer.write();
      write.replace(live, writer.after(d, new DeploymentEvent.Confirmed(endpoints)));
      planDrains(view, write);
      write.commitOrRetry();
      return true;
    }
    if (writer.now().isBefore(Objects.requireNonNull(d.deadlines().confirmation()))) {
      return false;
    }
    if (!d.hasNoEndpoints()) {
      giveUp(view, live);
      return true;
    }
    return goBack(view, live);
  }

  /** From now on nobody needs the pods that had the traffic before. */
  private void planDrains(EnvironmentSnapshot view, Records.Write write) {
    for (Versioned<Deployment> former : view.deployments()) {
      Drain drain = former.value().drain();
      if (drain != null && drain.from() == null) {
        Instant from = drain.atOnce() ? writer.now() : writer.now().plus(settings.drainDelay());
        write.replace(former, writer.after(former.value(), new DeploymentEvent.DrainPlanned(from)));
      }
    }
  }

  /** When to check without any event; empty if nothing awaits confirmation. */
  Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    Instant now = writer.now();
    Instant safety = now.plus(RECHECK_INTERVAL);
    return unconfirmed(view)
        .map(live -> Objects.requireNonNull(live.value().deadlines().confirmation()))
        .map(until -> until.isAfter(now) && until.isBefore(safety) ? until : safety);
  }

  private static Optional<Versioned<Deployment>> unconfirmed(EnvironmentSnapshot view) {
    return view.deployments().stream().filter(d -> d.value().awaitsConfirmation()).findFirst();
  }

  private void giveUp(EnvironmentSnapshot view, Versioned<Deployment> live) {
    Deployment d = live.value();
    RolloutStatus seen = rollouts.observe(DeploymentReconciler.rollout(d));
    @Nullable Blocker stuck = seen.stuck();
    String cause =
        "no pod took traffic within "
            + settings.confirmTimeout().toSeconds()
            + " s of the switch: "
            + seen.ready()
            + " of "
            + d.rollout().wantedPods()
            + " pods ready"
            + (stuck == null ? "" : "; " + stuck.cause());
    Deployment withoutEndpoints =
        writer.after(
            d, new DeploymentEvent.NoEndpoints(cause, stuck == null ? null : stuck.evidence()));
    writer.store(view, live, withoutEndpoints);
  }

  /** One whose pods are ready; or else one that has no pods because nobody needed them so far. */
  private Optional<Deployment> target(List<Deployment> earlier) {
    @Nullable Deployment cold = null;
    for (Deployment d : earlier) {
      RolloutStatus seen = rollouts.observe(DeploymentReconciler.rollout(d));
      if (seen.ready() > 0) {
        return Optional.of(d);
      }
      if (cold == null && seen.exists() && seen.wanted() == 0) {
        cold = d;
      }
    }
    return Optional.ofNullable(cold);
  }

  private boolean goBack(EnvironmentSnapshot view, Versioned<Deployment> live) {
    List<Deployment> all = view.deployments().stream().map(Versioned::value).toList();
    Optional<Deployment> target = target(RollbackTargets.of(live.value(), all));
    if (target.isEmpty()) {
      return false;
    }
    Deployment earlier = target.get();
    Instant now = writer.now();
    var state = view.state().value().nextSeq().quarantine(live.value().commit());
    Deployment back =
        Deployment.requested(
            new Deployment.Identity(
                view.id(),
                state.lastSeq(),
                earlier.rolloutSeq(),
                earlier.commit(),
                earlier.image(),
                Origin.ROLLBACK,
                "cite",
                earlier.identity().build(),
                earlier.portsOr(view.service().value().ports())),
            view.settings().value().replicas().count(),
            now,
            now.plus(settings.rolloutTimeout()));
    AuditEntry entry =
        writer.entry(
            AuditAction.DEPLOYMENT_ACTIVATE,
            earlier,
            AuditEntry.Outcome.ACCEPTED,
            "caused by deployment " + live.value().seq() + ": " + live.value().cause());
    writer
        .write()
        .audit(entry)
        .require(live)
        .replace(view.state(), state)
        .create(Keys.deployment(view.id(), back.seq()), back)
        .commitOrRetry();
    return true;
  }
}

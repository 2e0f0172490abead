package io.cite.core.engine;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.WayBack;
import io.cite.core.port.Cluster.Observation;
import io.cite.core.port.Cluster.Stuck;
import io.cite.core.port.Cluster.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a switch whether pods take the traffic. Where none does in time, it orders a rollback
 * to the rollout that was live before. As any deployment, that has a number of its own, so it never
 * overtakes a newer one, and nothing outside the store is touched here. Until it has the traffic,
 * the deployment that nobody serves keeps it: its pods may still come to themselves.
 */
final class AfterSwitch {
  private static final Duration SAFETY_LOOK = Duration.ofSeconds(30);

  private final Records records;
  private final Outside outside;
  private final EngineSettings settings;
  private final News news;

  AfterSwitch(Records records, Outside outside, EngineSettings settings) {
    this.records = records;
    this.outside = outside;
    this.settings = settings;
    this.news = new News(settings);
  }

  /** Takes one step; false where there is none to take now. */
  boolean step(EnvironmentView view) {
    Optional<Stored<Deployment>> live = unconfirmed(view);
    if (live.isEmpty()) {
      return false;
    }
    Deployment d = live.get().value();
    boolean replaced = view.candidate().isPresent();
    if (d.isUnserved() && replaced) {
      return false;
    }
    Optional<Traffic> traffic = outside.cluster().traffic(view.id());
    if (traffic.isPresent() && traffic.get().deploySeq() != d.seq()) {
      return false;
    }
    int endpoints = traffic.map(Traffic::readyEndpoints).orElse(0);
    if (endpoints > 0) {
      records
          .write()
          .replace(live.get(), apply(d, new DeploymentEvent.Confirmed(endpoints)))
          .commitOrLookAgain();
      return true;
    }
    if (outside.clock().instant().isBefore(Objects.requireNonNull(d.confirmUntil()))) {
      return false;
    }
    if (!d.isUnserved()) {
      giveUp(view, live.get());
      return true;
    }
    return goBack(view, live.get());
  }

  /** When to look without any event; empty if nothing awaits confirmation. */
  Optional<Instant> nextDeadline(EnvironmentView view) {
    Instant now = outside.clock().instant();
    Instant safety = now.plus(SAFETY_LOOK);
    return unconfirmed(view)
        .map(live -> Objects.requireNonNull(live.value().confirmUntil()))
        .map(until -> until.isAfter(now) && until.isBefore(safety) ? until : safety);
  }

  private static Optional<Stored<Deployment>> unconfirmed(EnvironmentView view) {
    return view.deployments().stream().filter(d -> d.value().awaitsConfirmation()).findFirst();
  }

  private void giveUp(EnvironmentView view, Stored<Deployment> live) {
    Deployment d = live.value();
    Observation seen = outside.cluster().observe(DeploymentReconciler.rollout(d));
    @Nullable Stuck stuck = seen.stuck();
    String cause =
        "no pod took traffic within "
            + settings.confirmTimeout().toSeconds()
            + " s of the switch: "
            + seen.ready()
            + " of "
            + d.wantedPods()
            + " pods ready"
            + (stuck == null ? "" : "; " + stuck.cause());
    Deployment unserved =
        apply(d, new DeploymentEvent.Unserved(cause, stuck == null ? null : stuck.evidence()));
    Records.Write write = records.write().replace(live, unserved);
    news.of(write, view.service().value(), unserved, outside.clock().instant());
    write.commitOrLookAgain();
    audit(AuditAction.DEPLOYMENT_END, d, AuditEntry.Outcome.FAILED, cause);
  }

  private boolean goBack(EnvironmentView view, Stored<Deployment> live) {
    List<Deployment> all = view.deployments().stream().map(Stored::value).toList();
    Optional<Deployment> target =
        WayBack.of(live.value(), all).stream()
            .filter(d -> outside.cluster().observe(DeploymentReconciler.rollout(d)).ready() > 0)
            .findFirst();
    if (target.isEmpty()) {
      return false;
    }
    Deployment earlier = target.get();
    Instant now = outside.clock().instant();
    var state = view.state().value().nextSeq().quarantine(live.value().commit());
    Deployment back =
        Deployment.requested(
            view.id(),
            state.lastSeq(),
            earlier.rolloutSeq(),
            earlier.commit(),
            earlier.image(),
            Origin.ROLLBACK,
            "cite",
            earlier.build(),
            view.settings().value().replicas().count(),
            now,
            now.plus(settings.rolloutTimeout()));
    audit(
        AuditAction.DEPLOYMENT_ACTIVATE,
        earlier,
        AuditEntry.Outcome.ACCEPTED,
        "because of deployment " + live.value().seq() + ": " + live.value().cause());
    records
        .write()
        .require(live)
        .replace(view.state(), state)
        .create(Keys.deployment(view.id(), back.seq()), back)
        .commitOrLookAgain();
    return true;
  }

  private Deployment apply(Deployment d, DeploymentEvent event) {
    return DeploymentMachine.apply(d, event, outside.clock().instant());
  }

  private void audit(
      AuditAction action, Deployment d, AuditEntry.Outcome outcome, @Nullable String detail) {
    outside
        .audit()
        .append(
            new AuditEntry(
                outside.clock().instant(),
                "cite",
                action,
                d.environment() + "#" + d.seq(),
                outcome,
                String.valueOf(detail)));
  }
}

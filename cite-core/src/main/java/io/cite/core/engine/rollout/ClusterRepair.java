package io.cite.core.engine.rollout;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.PodSettings;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState.Waiting;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes again what somebody deleted or changed outside CITE: the namespace, the Service, what it
 * selects, its ports, and the controller of the live deployment. An environment that was never
 * deployed to has nothing that could be missed. A Service that a newer deployment has is left
 * alone. Something in the cluster may undo each repair: then CITE waits longer and longer between
 * them, and the environment says so.
 */
public final class ClusterRepair implements EnvironmentStep {
  private final Records records;
  private final Cluster cluster;
  private final InstantSource clock;
  private final RepairPauses pauses = new RepairPauses();

  /** A step that works on these records. */
  public ClusterRepair(Records records, Cluster cluster, InstantSource clock) {
    this.records = records;
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public boolean step(EnvironmentSnapshot view) {
    Optional<Versioned<Deployment>> live = live(view);
    if (view.state().value().setup() != null || live.isEmpty() && view.candidate().isEmpty()) {
      return false;
    }
    if (waiting(view).isPresent()) {
      return false;
    }
    List<String> done = new ArrayList<>();
    Optional<Traffic> assigned = cluster.traffic().assigned(view.id());
    if (assigned.isEmpty()) {
      makeService(view, done);
    }
    boolean remade = live.isPresent() && restore(view, live.get().value(), assigned, done);
    if (done.isEmpty()) {
      return false;
    }
    pauses.repaired(view.id(), String.join(", ", done), clock.instant());
    Records.Write write = records.write().require(view.state()).audit(entry(view.id(), done));
    if (remade) {
      Deployment deployment = live.get().value();
      PodSettings given = RolloutMaintenance.made(view, deployment);
      write.replace(live.get(), deployment.rolledOutWith(given));
    }
    write.commitOrRetry();
    return remade;
  }

  /** When a repair that was put off is due. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    return waiting(view).map(Waiting::until);
  }

  @Override
  public Optional<Waiting> waiting(EnvironmentSnapshot view) {
    return pauses.waiting(view.id(), clock.instant());
  }

  private static Optional<Versioned<Deployment>> live(EnvironmentSnapshot view) {
    Long live = view.state().value().live();
    return live == null ? Optional.empty() : view.deployment(live);
  }

  private void makeService(EnvironmentSnapshot view, List<String> done) {
    EnvironmentId id = view.id();
    ServiceSettings service = view.service().value();
    records.requireTerm();
    if (cluster.namespaces().lookUp(id.namespace()) != NamespaceFinding.OURS) {
      boolean made =
          cluster.namespaces().ensure(id.namespace(), service.repository().owner(), false);
      if (made) {
        done.add("the namespace " + id.namespace());
      }
    }
    if (cluster.traffic().ensureService(id, service.ports())) {
      done.add("the Service " + id.name());
    }
  }

  /** Makes again what is missing; true if that is the controller, whose pods are new then. */
  private boolean restore(
      EnvironmentSnapshot view, Deployment live, Optional<Traffic> assigned, List<String> done) {
    RolloutId rollout = DeploymentReconciler.rollout(live);
    boolean missing = !cluster.rollouts().observe(rollout).exists();
    if (missing) {
      records.requireTerm();
      done.add(
          "the controller " + cluster.rollouts().rollOut(DeploymentReconciler.spec(view, live)));
    }
    // what was reported last may be older than the last switch
    if (drift(assigned, live).isPresent()) {
      drift(cluster.traffic().current(view.id()), live)
          .ifPresent(
              what -> {
                records.requireTerm();
                ContainerPorts ports = live.portsOr(view.service().value().ports());
                cluster.traffic().switchTraffic(view.id(), live.seq(), rollout, ports);
                done.add(what + " of the Service " + view.id().name());
              });
    }
    return missing;
  }

  /** What of the Service is not as the live deployment needs it; empty if all is. */
  private static Optional<String> drift(Optional<Traffic> seen, Deployment live) {
    if (seen.isEmpty()) {
      return Optional.of("the selector");
    }
    Traffic traffic = seen.get();
    if (traffic.deploySeq() > live.seq()) {
      return Optional.empty();
    }
    if (traffic.rolloutSeq() != live.rolloutSeq()) {
      return Optional.of("the selector");
    }
    // what ports a deployment of an earlier version has is not known
    return Optional.ofNullable(live.identity().ports())
        .filter(ports -> !ports.equals(traffic.ports()))
        .map(ports -> "the ports");
  }

  private AuditEntry entry(EnvironmentId id, List<String> done) {
    return new AuditEntry(
        clock.instant(),
        "cite",
        AuditAction.REPAIR,
        id.toString(),
        AuditEntry.Outcome.DONE,
        "changed outside CITE and made again: " + String.join(", ", done));
  }
}

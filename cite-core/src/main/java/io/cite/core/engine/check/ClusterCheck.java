package io.cite.core.engine.check;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.check.Finding.Kind;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.port.cluster.ClusterObject;
import io.cite.core.port.cluster.ClusterObjects;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.SwitchResult;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.port.cluster.TrafficRouter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares what is in the cluster with what is stored, both ways. */
final class ClusterCheck {
  private final Records records;
  private final ClusterObjects objects;
  private final Rollouts rollouts;
  private final TrafficRouter router;

  ClusterCheck(Records records, ClusterObjects objects, Rollouts rollouts, TrafficRouter router) {
    this.records = records;
    this.objects = objects;
    this.rollouts = rollouts;
    this.router = router;
  }

  /** An environment as it is stored, and a sign by which a change of it is seen. */
  private record Snapshot(ServiceSettings service, List<Deployment> deployments, Set<Long> sign) {
    @Nullable Deployment live() {
      return deployments.stream()
          .filter(d -> d.state() == DeploymentState.LIVE)
          .findFirst()
          .orElse(null);
    }
  }

  private static boolean uses(Deployment d, long rollout) {
    boolean needed =
        d.rollout().mayExist() || d.state().isUnderWay() || d.state() == DeploymentState.LIVE;
    return needed && d.rolloutSeq() == rollout;
  }

  List<Issue> find(Consumer<Deployment> redeploy) {
    List<Issue> found = new ArrayList<>();
    List<ClusterObject> inventory = objects.inventory();
    Set<String> known = new HashSet<>();
    for (Versioned<EnvironmentState> state : records.list(Keys.ENVIRONMENTS)) {
      EnvironmentId id = state.value().id();
      known.add(name(id));
      check(id, redeploy, found);
    }
    for (Versioned<ServiceRecord> service : records.list(Keys.SERVICES)) {
      ServiceState state = service.value().state();
      if (state == ServiceState.CREATING || state == ServiceState.DELETING) {
        // its objects come before its records and may go after them
        known.add(
            name(new EnvironmentId(service.value().id(), service.value().settings().branch())));
      }
    }
    Map<String, EnvironmentId> claims = new HashMap<>();
    for (Versioned<NameReservation> claim : records.list(Keys.NAMES)) {
      claims.put(name(claim.value().environment()), claim.value().environment());
    }
    for (ClusterObject object : inventory) {
      String name = object.namespace() + "/" + object.environment();
      if (!known.contains(name)) {
        found.add(stranger(object, name, claims.get(name)));
      }
    }
    return found;
  }

  private static String name(EnvironmentId id) {
    return id.namespace() + "/" + id.name();
  }

  /** An object that carries CITE's labels and belongs to nothing that CITE knows. */
  private Issue stranger(ClusterObject object, String name, @Nullable EnvironmentId claimed) {
    String by = "its environment has no record. If nobody needs it, remove it by hand: ";
    if (object.seq() == 0) {
      String command =
          "kubectl -n " + object.namespace() + " delete service " + object.environment();
      return Issue.incurable(Kind.ORPHAN_SERVICE, name, by + command);
    }
    String target = name + "-" + object.seq();
    if (claimed == null) {
      String selector =
          "app.kubernetes.io/instance=%s,cite.io/deployment=%d"
              .formatted(object.environment(), object.seq());
      String command = "kubectl -n " + object.namespace() + " delete rc,rs -l " + selector;
      return Issue.incurable(Kind.ORPHAN_ROLLOUT, target, by + command);
    }
    return orphan(new RolloutId(claimed, object.seq()), target, "its environment has no record");
  }

  private Issue orphan(RolloutId rollout, String target, String text) {
    return Issue.repairable(
        Kind.ORPHAN_ROLLOUT, target, text, "remove the controller", () -> remove(rollout));
  }

  private boolean remove(RolloutId rollout) {
    EnvironmentId id = rollout.environment();
    boolean taken =
        router.current(id).filter(t -> t.rolloutSeq() == rollout.seq()).isPresent()
            || records.list(Keys.deploymentsOf(id)).stream()
                .anyMatch(d -> uses(d.value(), rollout.seq()));
    if (taken) {
      return false;
    }
    rollouts.remove(rollout);
    return true;
  }

  private void check(EnvironmentId id, Consumer<Deployment> redeploy, List<Issue> found) {
    Optional<Snapshot> before = read(id);
    if (before.isEmpty()) {
      return;
    }
    List<RolloutId> present = rollouts.list(id);
    Optional<Traffic> traffic = router.current(id);
    if (!before.equals(read(id))) {
      return;
    }
    Snapshot now = before.get();
    Deployment live = now.live();
    boolean hasPods = live != null && present.contains(new RolloutId(id, live.rolloutSeq()));
    if (traffic.isEmpty()) {
      found.add(missingService(id, now.service(), hasPods ? live : null));
    } else if (live == null && traffic.get().rolloutSeq() != 0) {
      String text =
          "its Service selects rollout %d, but no deployment is live. Deploy a build to repair it";
      found.add(
          Issue.incurable(
              Kind.TRAFFIC_DRIFT, id.toString(), text.formatted(traffic.get().rolloutSeq())));
    } else if (live != null && hasPods) {
      drift(id, now.service(), live, traffic.get()).ifPresent(found::add);
    }
    if (live != null && !hasPods) {
      found.add(missingRollout(id, live, redeploy));
    }
    for (RolloutId rollout : present) {
      boolean taken = traffic.filter(t -> t.rolloutSeq() == rollout.seq()).isPresent();
      boolean used = now.deployments().stream().anyMatch(d -> uses(d, rollout.seq()));
      if (!taken && !used) {
        found.add(orphan(rollout, id + "#" + rollout.seq(), "no deployment uses the controller"));
      }
    }
  }

  /** The environment, unless something is being done about it anyway. */
  private Optional<Snapshot> read(EnvironmentId id) {
    Optional<Versioned<EnvironmentState>> state = records.get(Keys.environmentState(id));
    Optional<Versioned<ServiceSettings>> service = records.get(Keys.service(id.service()));
    Optional<Versioned<ServiceRecord>> life = records.get(Keys.serviceRecord(id.service()));
    List<Versioned<Deployment>> stored = records.list(Keys.deploymentsOf(id));
    boolean busy = stored.stream().map(Versioned::value).anyMatch(ClusterCheck::isWorkedOn);
    if (busy
        || state.isEmpty()
        || state.get().value().deleting()
        || service.isEmpty()
        || life.isEmpty()
        || !life.get().value().state().isUsable()) {
      return Optional.empty();
    }
    Set<Long> sign = new HashSet<>();
    sign.add(state.get().revision());
    stored.forEach(d -> sign.add(d.revision()));
    return Optional.of(
        new Snapshot(service.get().value(), stored.stream().map(Versioned::value).toList(), sign));
  }

  private static boolean isWorkedOn(Deployment d) {
    return d.state().isUnderWay() || (d.state().isUnsuccessful() && d.rollout().mayExist());
  }

  private Issue missingService(
      EnvironmentId id, ServiceSettings service, @Nullable Deployment live) {
    return Issue.repairable(
        Kind.MISSING_SERVICE,
        id.toString(),
        "the Service " + name(id) + " does not exist",
        live == null ? "create it" : "create it and switch it to deployment " + live.seq(),
        () -> {
          router.ensureService(id, service.ports());
          return live == null || direct(id, service, live);
        });
  }

  private boolean direct(EnvironmentId id, ServiceSettings service, Deployment live) {
    RolloutId rollout = new RolloutId(id, live.rolloutSeq());
    return router.switchTraffic(id, live.seq(), rollout, live.portsOr(service.ports()))
        instanceof SwitchResult.Switched;
  }

  private Optional<Issue> drift(
      EnvironmentId id, ServiceSettings service, Deployment live, Traffic traffic) {
    if (traffic.deploySeq() == live.seq() && traffic.rolloutSeq() == live.rolloutSeq()) {
      ContainerPorts ports = live.identity().ports();
      return ports == null || ports.equals(traffic.ports())
          ? Optional.empty()
          : Optional.of(
              Issue.repairable(
                  Kind.TRAFFIC_DRIFT,
                  id.toString(),
                  "its Service does not have the ports of deployment %d: %s"
                      .formatted(live.seq(), ports.values()),
                  "give it these ports",
                  () -> direct(id, service, live)));
    }
    String text =
        "its Service selects rollout %d of deployment %d, but deployment %d with rollout %d is live"
            .formatted(traffic.rolloutSeq(), traffic.deploySeq(), live.seq(), live.rolloutSeq());
    if (traffic.deploySeq() > live.seq()) {
      // a higher number is never taken back; a new deployment overtakes it
      return Optional.of(
          Issue.incurable(Kind.TRAFFIC_DRIFT, id.toString(), text + ". Deploy again to repair it"));
    }
    return Optional.of(
        Issue.repairable(
            Kind.TRAFFIC_DRIFT,
            id.toString(),
            text,
            "switch it to deployment " + live.seq(),
            () -> direct(id, service, live)));
  }

  private Issue missingRollout(EnvironmentId id, Deployment live, Consumer<Deployment> redeploy) {
    return Issue.repairable(
        Kind.MISSING_ROLLOUT,
        id + "#" + live.seq(),
        "the deployment is live, but its controller does not exist",
        "deploy the same build again",
        () -> {
          redeploy.accept(live);
          return true;
        });
  }
}

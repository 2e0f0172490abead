package io.cite.core.engine.rollout;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.engine.store.EnvironmentView;
import io.cite.core.error.Conflict;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.Cluster;
import io.cite.core.port.Cluster.Blocker;
import io.cite.core.port.Cluster.RolloutId;
import io.cite.core.port.Cluster.RolloutSpec;
import io.cite.core.port.Cluster.RolloutStatus;
import io.cite.core.port.Cluster.SwitchResult;
import io.cite.core.port.Cluster.Traffic;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings the deployments of an environment forward, one step at a time. Only the newest one goes
 * on; older ones that are under way are superseded. Waiting for pods holds no thread: the cluster
 * says when to check again.
 */
public final class DeploymentReconciler implements EnvironmentStep {
  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

  private final Records records;
  private final Cluster cluster;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final RolloutSettings settings;
  private final DeploymentReporter reporter;
  private final Notices notices;
  private final RolloutMaintenance maintenance;

  public DeploymentReconciler(
      Records records,
      Cluster cluster,
      AuditTrail audit,
      InstantSource clock,
      RolloutSettings settings,
      DeploymentReporter reporter,
      Notices notices) {
    this.records = records;
    this.cluster = cluster;
    this.audit = audit;
    this.clock = clock;
    this.settings = settings;
    this.reporter = reporter;
    this.notices = notices;
    this.maintenance = new RolloutMaintenance(records, cluster, clock);
  }

  /** Takes one step; false where there is none to take now. */
  @Override
  public boolean step(EnvironmentView view) {
    Optional<Versioned<Deployment>> candidate = view.candidate();
    for (Versioned<Deployment> deployment : view.deployments()) {
      Deployment d = deployment.value();
      if (!d.state().isUnderWay()) {
        continue;
      }
      if (d.seq() != candidate.orElseThrow().value().seq()) {
        String by = "superseded by deployment " + candidate.get().value().seq();
        end(view, deployment, new DeploymentEvent.Superseded(by));
        return true;
      }
      String canceller = d.cancelRequestedBy();
      if (canceller != null) {
        end(view, deployment, new DeploymentEvent.CancelRequested(canceller));
        return true;
      }
    }
    if (candidate.isPresent() && advance(view, candidate.get())) {
      return true;
    }
    return maintenance.step(view);
  }

  /** When a deployment has to be checked without any event; empty if none is under way. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentView view) {
    Instant safety = clock.instant().plus(RECHECK_INTERVAL);
    return view.candidate()
        .map(
            c ->
                c.value().deadlines().rollout().isBefore(safety)
                    ? c.value().deadlines().rollout()
                    : safety);
  }

  private boolean advance(EnvironmentView view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    Instant now = clock.instant();
    if (!now.isBefore(d.deadlines().rollout()) && d.state() != DeploymentState.READY) {
      end(view, stored, tooLate(d));
      return true;
    }
    try {
      return switch (DeploymentMachine.next(d)) {
        case ANNOUNCE -> {
          Deployment announced = reporter.announce(view, stored);
          reporter.store(view, records.write().replace(stored, announced), stored.key(), announced);
          yield true;
        }
        case ROLL_OUT -> {
          if (view.state().value().setup() != null) {
            // its secrets are not in the cluster yet
            yield false;
          }
          records.requireTerm();
          String controller = cluster.rollOut(spec(view, d));
          store(view, stored, apply(d, new DeploymentEvent.RolledOut(controller)));
          yield true;
        }
        case AWAIT_PODS -> awaitPods(view, stored);
        case SWITCH_TRAFFIC -> {
          switchTraffic(view, stored);
          yield true;
        }
        // of those that are not under way: PostSwitchCheck and RolloutMaintenance carry them out
        case CONFIRM, REMOVE_ROLLOUT, NONE -> false;
      };
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
      end(view, stored, new DeploymentEvent.Failed(e.getMessage(), null));
      return true;
    } catch (Conflict | InvalidInput e) {
      end(view, stored, new DeploymentEvent.Failed(e.getMessage(), null));
      return true;
    }
  }

  private boolean awaitPods(EnvironmentView view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    RolloutStatus seen = cluster.observe(rollout(d));
    if (!seen.exists()) {
      records.requireTerm();
      cluster.rollOut(spec(view, d));
      return false;
    }
    if (seen.isReady()) {
      store(view, stored, apply(d, new DeploymentEvent.AllReady(seen.wanted())));
      return true;
    }
    Blocker stuck = seen.stuck();
    if (stuck != null && stuck.isFinal()) {
      end(view, stored, new DeploymentEvent.Failed(stuck.cause(), stuck.evidence()));
      return true;
    }
    if (seen.ready() == d.rollout().readyPods()) {
      return false;
    }
    store(view, stored, apply(d, new DeploymentEvent.PodsReady(seen.ready(), seen.wanted())));
    return true;
  }

  private DeploymentEvent tooLate(Deployment d) {
    Duration allowed = Duration.between(d.timeline().requestedAt(), d.deadlines().rollout());
    String late = "not ready within " + allowed.toSeconds() + " s";
    if (d.state() != DeploymentState.ROLLING_OUT) {
      return new DeploymentEvent.Failed(late, null);
    }
    RolloutStatus seen = cluster.observe(rollout(d));
    Blocker stuck = seen.stuck();
    String pods = late + ": " + seen.ready() + " of " + d.rollout().wantedPods() + " pods ready";
    return stuck == null
        ? new DeploymentEvent.Failed(pods, null)
        : new DeploymentEvent.Failed(pods + "; " + stuck.cause(), stuck.evidence());
  }

  private void switchTraffic(EnvironmentView view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    SwitchResult outcome;
    try {
      outcome = cluster.switchTraffic(view.id(), d.seq(), rollout(d));
    } catch (NotFound e) {
      cluster.ensureService(view.id(), view.service().value().ports());
      outcome = cluster.switchTraffic(view.id(), d.seq(), rollout(d));
    }
    if (outcome instanceof SwitchResult.Overtaken overtaken) {
      String by = "superseded by deployment " + overtaken.bySeq();
      store(view, stored, apply(d, new DeploymentEvent.Superseded(by)));
    } else {
      becameLive(view, stored);
    }
  }

  private void becameLive(EnvironmentView view, Versioned<Deployment> stored) {
    Instant now = clock.instant();
    Instant confirmUntil = now.plus(settings.confirmTimeout());
    Deployment live = apply(stored.value(), new DeploymentEvent.Switched(confirmUntil));
    Records.Write write = records.write().replace(stored, live);
    write.replace(view.state(), view.state().value().withLive(live.seq()));
    for (Versioned<Deployment> other : view.deployments()) {
      if (other.value().state() == DeploymentState.LIVE) {
        write.replace(other, replaced(other.value(), live.seq()));
      }
    }
    notices.of(write, view.service().value(), live, now);
    write.commitOrRetry();
    audit(live, AuditEntry.Outcome.DONE, "live");
  }

  private Deployment replaced(Deployment d, long bySeq) {
    return apply(
        d,
        d.hasNoEndpoints()
            ? new DeploymentEvent.Failed(String.valueOf(d.cause()), d.outcome().evidence())
            : new DeploymentEvent.Replaced(bySeq));
  }

  /**
   * Ends a deployment, unless it turns out that it has the traffic already: a process may have
   * ended between the switch and its record.
   */
  private void end(EnvironmentView view, Versioned<Deployment> stored, DeploymentEvent event) {
    Deployment d = stored.value();
    if (d.state() == DeploymentState.READY) {
      Optional<Traffic> traffic = cluster.traffic(view.id());
      if (traffic.isPresent() && traffic.get().deploySeq() == d.seq()) {
        becameLive(view, stored);
        return;
      }
    }
    Deployment ended = apply(d, event);
    store(view, stored, ended);
    audit(
        ended,
        ended.state() == DeploymentState.FAILED
            ? AuditEntry.Outcome.FAILED
            : AuditEntry.Outcome.DONE,
        String.valueOf(ended.cause()));
  }

  private void store(EnvironmentView view, Versioned<Deployment> stored, Deployment changed) {
    Records.Write write = records.write().replace(stored, changed);
    if (changed.state() != stored.value().state()) {
      notices.of(write, view.service().value(), changed, clock.instant());
    }
    write.commitOrRetry();
  }

  private Deployment apply(Deployment d, DeploymentEvent event) {
    return DeploymentMachine.apply(d, event, clock.instant());
  }

  private void audit(Deployment d, AuditEntry.Outcome outcome, String detail) {
    audit.append(
        new AuditEntry(
            clock.instant(),
            "cite",
            AuditAction.DEPLOYMENT_END,
            d.environment() + "#" + d.seq(),
            outcome,
            detail));
  }

  /** The rollout that a deployment uses. */
  static RolloutId rollout(Deployment d) {
    return new RolloutId(d.environment(), d.rolloutSeq());
  }

  private static RolloutSpec spec(EnvironmentView view, Deployment d) {
    return new RolloutSpec(
        rollout(d),
        d.commit(),
        d.image(),
        view.settings().value().replicas().count(),
        view.service().value().ports(),
        view.service().value().probe(),
        view.settings().value().variables(),
        !view.settings().value().secretNames().isEmpty());
  }
}

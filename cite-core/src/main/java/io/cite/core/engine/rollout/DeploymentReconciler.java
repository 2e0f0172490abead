package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEffect;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.PodSettings;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.Conflict;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.Blocker;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.TrafficRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out for each deployment of an environment what {@link DeploymentMachine#next} says, one
 * step at a time. Only the newest deployment that is under way goes on; older ones are superseded.
 * Waiting for pods holds no thread: the cluster says when to check again.
 */
public final class DeploymentReconciler implements EnvironmentStep {
  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

  private final Records records;
  private final Rollouts rollouts;
  private final DeploymentReporter reporter;
  private final DeploymentWriter writer;
  private final TrafficSwitch traffic;
  private final PostSwitchCheck postSwitch;
  private final RolloutMaintenance maintenance;

  public DeploymentReconciler(
      Records records,
      Rollouts rollouts,
      TrafficRouter router,
      InstantSource clock,
      RolloutSettings settings,
      DeploymentReporter reporter,
      Notices notices) {
    this.records = records;
    this.rollouts = rollouts;
    this.reporter = reporter;
    this.writer = new DeploymentWriter(records, clock, notices);
    this.traffic = new TrafficSwitch(router, settings.confirmTimeout(), writer);
    this.postSwitch = new PostSwitchCheck(rollouts, router, settings, writer);
    this.maintenance = new RolloutMaintenance(rollouts, router, writer);
  }

  /** Takes one step; false if there is none to take now. */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    if (endUnwanted(view)) {
      return true;
    }
    @Nullable RuntimeException failure = null;
    for (Versioned<Deployment> stored : candidateFirst(view)) {
      try {
        if (carryOut(view, stored)) {
          return true;
        }
      } catch (StaleRead e) {
        throw e;
      } catch (RuntimeException e) {
        // a deployment that is held up does not hold up the others
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return maintenance.scale(view);
  }

  /** When a deployment has to be checked without any event; empty if none waits for anything. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    Instant safety = writer.now().plus(RECHECK_INTERVAL);
    Optional<Instant> rollout =
        view.candidate()
            .map(stored -> stored.value().deadlines().rollout())
            .map(deadline -> deadline.isBefore(safety) ? deadline : safety);
    return Stream.of(rollout, postSwitch.nextDeadline(view))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private static List<Versioned<Deployment>> candidateFirst(EnvironmentSnapshot view) {
    List<Versioned<Deployment>> all = new ArrayList<>(view.deployments());
    view.candidate()
        .ifPresent(
            candidate -> {
              all.remove(candidate);
              all.add(0, candidate);
            });
    return all;
  }

  /** Ends a deployment under way that a newer one made pointless, or that somebody stopped. */
  private boolean endUnwanted(EnvironmentSnapshot view) {
    Optional<Long> newest = view.candidate().map(candidate -> candidate.value().seq());
    for (Versioned<Deployment> stored : view.deployments()) {
      Deployment d = stored.value();
      if (!d.state().isUnderWay()) {
        continue;
      }
      if (d.seq() != newest.orElseThrow()) {
        String by = "superseded by deployment " + newest.get();
        traffic.end(view, stored, new DeploymentEvent.Superseded(by));
        return true;
      }
      String canceller = d.cancelRequestedBy();
      if (canceller != null) {
        traffic.end(view, stored, new DeploymentEvent.CancelRequested(canceller));
        return true;
      }
    }
    return false;
  }

  private boolean carryOut(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    if (!d.state().isUnderWay()) {
      return carryOutNext(view, stored);
    }
    if (isLate(d) && d.state() != DeploymentState.READY) {
      traffic.end(view, stored, tooLate(d));
      return true;
    }
    try {
      return carryOutNext(view, stored);
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
      traffic.end(view, stored, new DeploymentEvent.Failed(e.getMessage(), null));
      return true;
    } catch (Conflict | InvalidInput e) {
      traffic.end(view, stored, new DeploymentEvent.Failed(e.getMessage(), null));
      return true;
    }
  }

  /** All effects, in one place: one that is added has to be carried out here. */
  private boolean carryOutNext(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    return switch (DeploymentMachine.next(stored.value())) {
      case NONE -> false;
      case ANNOUNCE -> announce(view, stored);
      case ROLL_OUT -> rollOut(view, stored);
      case AWAIT_PODS -> awaitPods(view, stored);
      case SWITCH_TRAFFIC -> switchTraffic(view, stored);
      case CONFIRM -> postSwitch.confirm(view, stored);
      case REMOVE_ROLLOUT -> {
        maintenance.remove(view, stored);
        yield true;
      }
    };
  }

  private boolean announce(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    Deployment announced = reporter.announce(view, stored);
    reporter.store(view, writer.write().replace(stored, announced), stored.key(), announced);
    return true;
  }

  private boolean rollOut(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    if (view.state().value().setup() != null) {
      // its secrets are not in the cluster yet
      return false;
    }
    records.requireTerm();
    Deployment d = stored.value();
    @Nullable PodSettings given = maintenance.given(view, d);
    String controller = rollouts.rollOut(spec(view, d));
    store(view, stored, new DeploymentEvent.RolledOut(controller, given));
    return true;
  }

  private boolean awaitPods(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    RolloutStatus seen = rollouts.observe(rollout(d));
    if (orderPods(view, d, seen)) {
      return false;
    }
    if (seen.isReady()) {
      store(view, stored, new DeploymentEvent.AllReady(seen.wanted()));
      return true;
    }
    Blocker stuck = seen.stuck();
    if (stuck != null && stuck.isFinal()) {
      traffic.end(view, stored, new DeploymentEvent.Failed(stuck.cause(), stuck.evidence()));
      return true;
    }
    if (seen.ready() == d.rollout().readyPods()) {
      return false;
    }
    store(view, stored, new DeploymentEvent.PodsReady(seen.ready(), seen.wanted()));
    return true;
  }

  /**
   * Orders the pods that are wanted, where the cluster has no such order; false if it has. A
   * rollout that is used again may have been left with fewer.
   */
  private boolean orderPods(EnvironmentSnapshot view, Deployment d, RolloutStatus seen) {
    int wanted = d.rollout().wantedPods();
    if (seen.exists() && seen.wanted() == wanted) {
      return false;
    }
    records.requireTerm();
    if (seen.exists()) {
      rollouts.scale(rollout(d), wanted);
    } else {
      rollouts.rollOut(spec(view, d));
    }
    return true;
  }

  /** Switches only to as many ready pods as are wanted: some may have been lost since. */
  private boolean switchTraffic(EnvironmentSnapshot view, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    RolloutStatus seen = rollouts.observe(rollout(d));
    if (seen.ready() >= d.rollout().wantedPods() || traffic.hasTraffic(d)) {
      traffic.switchTo(view, stored);
      return true;
    }
    if (isLate(d)) {
      traffic.end(view, stored, tooLate(d));
      return true;
    }
    orderPods(view, d, seen);
    return false;
  }

  private boolean isLate(Deployment d) {
    return !writer.now().isBefore(d.deadlines().rollout());
  }

  private DeploymentEvent tooLate(Deployment d) {
    Duration allowed = Duration.between(d.timeline().requestedAt(), d.deadlines().rollout());
    String late = "not ready within " + allowed.toSeconds() + " s";
    if (DeploymentMachine.next(d) == DeploymentEffect.ANNOUNCE
        || DeploymentMachine.next(d) == DeploymentEffect.ROLL_OUT) {
      return new DeploymentEvent.Failed(late, null);
    }
    RolloutStatus seen = rollouts.observe(rollout(d));
    Blocker stuck = seen.stuck();
    String pods = late + ": " + seen.ready() + " of " + d.rollout().wantedPods() + " pods ready";
    return stuck == null
        ? new DeploymentEvent.Failed(pods, null)
        : new DeploymentEvent.Failed(pods + "; " + stuck.cause(), stuck.evidence());
  }

  private void store(
      EnvironmentSnapshot view, Versioned<Deployment> stored, DeploymentEvent event) {
    writer.store(view, stored, writer.after(stored.value(), event));
  }

  /** The rollout that a deployment uses. */
  static RolloutId rollout(Deployment d) {
    return new RolloutId(d.environment(), d.rolloutSeq());
  }

  /** The rollout of a deployment as it shall be now. */
  static RolloutSpec spec(EnvironmentSnapshot view, Deployment d) {
    return new RolloutSpec(
        rollout(d),
        d.commit(),
        d.image(),
        d.rollout().wantedPods(),
        d.portsOr(view.service().value().ports()),
        view.service().value().probe(),
        view.settings().value().variables(),
        !view.settings().value().secretNames().isEmpty());
  }
}

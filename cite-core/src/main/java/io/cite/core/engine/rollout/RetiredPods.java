package io.cite.core.engine.rollout;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Drain;
import io.cite.core.domain.service.EnvironmentSettings.Standby;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.port.InstantSource;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends the pods of deployments that lost the traffic, because whoever keeps a connection to them is
 * answered by them for as long as they run. It scales their rollout to no pods; the cluster ends
 * those in order. Then the last deployment that was live gets as many pods again, which nobody has
 * a connection to: a standby for a quick rollback. What is done next follows from the stored {@link
 * Drain} and from what the cluster shows, so any process can go on where another one stopped.
 * Nothing ends while the live deployment is not confirmed, and no rollout that a deployment on its
 * way uses again.
 */
public final class RetiredPods implements EnvironmentStep {
  private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

  private final Records records;
  private final Rollouts rollouts;
  private final InstantSource clock;
  private final RolloutSettings settings;

  /** Pods of these rollouts. */
  public RetiredPods(
      Records records, Rollouts rollouts, InstantSource clock, RolloutSettings settings) {
    this.records = records;
    this.rollouts = rollouts;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public boolean step(EnvironmentSnapshot view) {
    Optional<Versioned<Deployment>> live = confirmed(view);
    if (live.isEmpty()) {
      return false;
    }
    for (Versioned<Deployment> retired : drained(view).toList()) {
      if (step(view, live.get(), retired)) {
        return true;
      }
    }
    return false;
  }

  /** When pods end next, or are to be checked without any event. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    Instant now = clock.instant();
    return confirmed(view).stream()
        .flatMap(live -> drained(view))
        .flatMap(retired -> next(retired.value(), now).stream())
        .min(Instant::compareTo);
  }

  private Optional<Instant> next(Deployment d, Instant now) {
    Drain drain = Objects.requireNonNull(d.drain());
    if (drain.isOver()) {
      return Optional.of(standbyEnd(d)).filter(now::isBefore);
    }
    Instant from = drain.from();
    return from == null
        ? Optional.empty()
        : Optional.of(now.isBefore(from) ? from : now.plus(RECHECK_INTERVAL));
  }

  private static Optional<Versioned<Deployment>> confirmed(EnvironmentSnapshot view) {
    return view.deployments().stream()
        .filter(d -> d.value().state() == DeploymentState.LIVE)
        .filter(d -> !d.value().awaitsConfirmation())
        .findFirst();
  }

  private static Stream<Versioned<Deployment>> drained(EnvironmentSnapshot view) {
    return view.deployments().stream()
        .filter(d -> d.value().drain() != null && d.value().rollout().mayExist())
        .filter(d -> !isUsed(view, d.value().rolloutSeq()));
  }

  private static boolean isUsed(EnvironmentSnapshot view, long rolloutSeq) {
    return view.deployments().stream()
        .map(Versioned::value)
        .filter(d -> d.state().isUnderWay() || d.state() == DeploymentState.LIVE)
        .anyMatch(d -> d.rolloutSeq() == rolloutSeq);
  }

  private boolean step(
      EnvironmentSnapshot view, Versioned<Deployment> live, Versioned<Deployment> stored) {
    Deployment d = stored.value();
    Drain drain = Objects.requireNonNull(d.drain());
    Instant from = drain.from();
    if (from == null || clock.instant().isBefore(from)) {
      return false;
    }
    RolloutStatus seen = rollouts.observe(DeploymentReconciler.rollout(d));
    if (!drain.isEmptied() && !seen.isEmptied()) {
      scale(d, seen, 0);
      return false;
    }
    if (drain.isEmptied()) {
      scale(d, seen, standbyPods(view, d));
    }
    if (drain.isOver() || (drain.isEmptied() && seen.ending() > 0)) {
      return false;
    }
    write(live, stored, seen.ending() == 0);
    return true;
  }

  /** Notes that all pods were asked to end, and if none is left also that the drain is over. */
  private void write(Versioned<Deployment> live, Versioned<Deployment> stored, boolean over) {
    Instant now = clock.instant();
    Deployment d = DeploymentMachine.apply(stored.value(), new DeploymentEvent.Emptied(), now);
    Records.Write write = records.write();
    if (over) {
      Instant retired = Objects.requireNonNull(d.timeline().endedAt());
      var asked = new DeploymentEvent.FormerDrained(d.seq(), Duration.between(retired, now));
      d = DeploymentMachine.apply(d, new DeploymentEvent.Drained(), now);
      write.replace(live, DeploymentMachine.apply(live.value(), asked, now));
    }
    write.replace(stored, d).commitOrRetry();
  }

  private void scale(Deployment d, RolloutStatus seen, int pods) {
    if (seen.exists() && seen.wanted() != pods) {
      records.requireTerm();
      RolloutId rollout = DeploymentReconciler.rollout(d);
      rollouts.scale(rollout, pods);
    }
  }

  private int standbyPods(EnvironmentSnapshot view, Deployment d) {
    boolean warm =
        settings.standby() == Standby.WARM && !Objects.requireNonNull(d.drain()).atOnce();
    return warm && isLastLive(view, d) && clock.instant().isBefore(standbyEnd(d))
        ? d.rollout().wantedPods()
        : 0;
  }

  private Instant standbyEnd(Deployment d) {
    return Objects.requireNonNull(d.timeline().endedAt()).plus(settings.standbyTime());
  }

  private static boolean isLastLive(EnvironmentSnapshot view, Deployment d) {
    List<Deployment> retired =
        view.deployments().stream()
            .map(Versioned::value)
            .filter(other -> other.state() == DeploymentState.RETIRED)
            .toList();
    return retired.get(retired.size() - 1).seq() == d.seq();
  }
}

package io.cite.core.domain.deploy;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make an image the live one in an environment.
 *
 * @param identity what it is; never changes
 * @param cancelRequestedBy who asked to stop it; null if nobody
 * @param host what the source host knows of it
 * @param rollout its pods in the cluster
 * @param outcome why it ended, or why nobody serves it
 * @param timeline what happened to it
 * @param deadlines what it waits for, and until when
 * @param drain how its pods end after it lost the traffic; null if they go on, or if it has it
 */
public record Deployment(
    Identity identity,
    DeploymentState state,
    @Nullable String cancelRequestedBy,
    HostReport host,
    Rollout rollout,
    Outcome outcome,
    Timeline timeline,
    Deadlines deadlines,
    @Nullable Drain drain) {
  public Deployment {
    boolean over = !state.isUnderWay() && state != DeploymentState.LIVE;
    if (timeline.endedAt() != null && !over) {
      throw new IllegalArgumentException(
          "Deployment " + identity.seq() + " is " + state + " and has ended");
    }
    if (deadlines.confirmation() != null && state.isUnderWay()) {
      throw new IllegalArgumentException(
          "Deployment " + identity.seq() + " is " + state + " and awaits pods that take traffic");
    }
    if (drain != null && state != DeploymentState.RETIRED) {
      throw new IllegalArgumentException(
          "Deployment " + identity.seq() + " is " + state + " and is drained");
    }
  }

  /**
   * What a deployment is.
   *
   * @param seq number, increasing per environment; a lower one never takes traffic from a higher
   *     one
   * @param rolloutSeq number in its rollout's name: its own, or for a rollback that of the
   *     deployment whose pods are used again
   * @param build number of the build that made the image; null if that is not known
   * @param ports on which its pods take traffic; null for one of an earlier version, which has
   *     those of its service
   */
  public record Identity(
      EnvironmentId environment,
      long seq,
      long rolloutSeq,
      CommitId commit,
      ImageReference image,
      Origin origin,
      String requestedBy,
      @Nullable Long build,
      @Nullable ContainerPorts ports) {
    public Identity {
      if (rolloutSeq < 1 || seq < rolloutSeq) {
        throw new IllegalArgumentException(
            "Deployment " + seq + " cannot use the rollout of deployment " + rolloutSeq);
      }
      if (rolloutSeq != seq && origin != Origin.ROLLBACK) {
        throw new IllegalArgumentException(
            "Deployment " + seq + " is no rollback and uses the rollout of " + rolloutSeq);
      }
    }

    /** What requested it, in words. */
    private String request() {
      return switch (origin) {
        case AUTO -> "requested by the success of build " + build + " of " + commit.abbreviated();
        case MANUAL -> "requested by " + requestedBy;
        case ROLLBACK -> "rollback to deployment " + rolloutSeq + " requested by " + requestedBy;
      };
    }
  }

  /**
   * The pods of a deployment.
   *
   * @param mayExist whether the controller that it uses may exist in the cluster
   * @param settings what its pods were given; null before that, or if it is not known
   */
  public record Rollout(
      boolean mayExist, int readyPods, int wantedPods, @Nullable PodSettings settings) {
    public Rollout {
      if (readyPods < 0 || wantedPods < 0) {
        throw new IllegalArgumentException(
            "A rollout has " + readyPods + " of " + wantedPods + " pods ready");
      }
    }

    Rollout existing(boolean exists) {
      return new Rollout(exists, readyPods, wantedPods, settings);
    }

    Rollout pods(int ready, int wanted) {
      return new Rollout(mayExist, ready, wanted, settings);
    }
  }

  /**
   * Why a deployment ended, or why nobody serves the live one.
   *
   * @param cause for people; null if there is nothing to explain
   * @param evidence what the cluster showed; null if it showed nothing
   */
  public record Outcome(@Nullable String cause, @Nullable Evidence evidence) {
    static final Outcome NONE = new Outcome(null, null);
  }

  /** A deployment that has been accepted. */
  public static Deployment requested(
      Identity identity, int wantedPods, Instant at, Instant deadline) {
    return new Deployment(
        identity,
        DeploymentState.REQUESTED,
        null,
        HostReport.NONE,
        new Rollout(false, 0, wantedPods, null),
        Outcome.NONE,
        new Timeline(
            List.of(new TimelineEntry(at, DeploymentState.REQUESTED, identity.request())),
            at,
            null),
        new Deadlines(deadline, null, null),
        null);
  }

  /** The environment that it is for. */
  public EnvironmentId environment() {
    return identity.environment();
  }

  /** Its number in the environment. */
  public long seq() {
    return identity.seq();
  }

  /** The number in the name of its rollout. */
  public long rolloutSeq() {
    return identity.rolloutSeq();
  }

  /** The commit that the image was made from. */
  public CommitId commit() {
    return identity.commit();
  }

  /** The image that is to be live. */
  public ImageReference image() {
    return identity.image();
  }

  /**
   * The ports on which its pods take traffic, and which the Service has while it is live.
   *
   * @param ofService those of its service, for a deployment of an earlier version
   */
  public ContainerPorts portsOr(ContainerPorts ofService) {
    return identity.ports() == null ? ofService : identity.ports();
  }

  /** What caused it. */
  public Origin origin() {
    return identity.origin();
  }

  /** Why it ended, or why nobody serves it; null if there is nothing to explain. */
  public @Nullable String cause() {
    return outcome.cause();
  }

  /** Name by which the source host finds it again, unique over all time. */
  public SagaId sagaId() {
    return SagaId.of(environment(), seq(), timeline.requestedAt());
  }

  /** The state that should have been reported to the source host by now. */
  public ReportedState due() {
    return switch (state) {
      case REQUESTED, ANNOUNCED, ROLLING_OUT, READY -> ReportedState.PENDING;
      case LIVE -> hasNoEndpoints() ? ReportedState.FAILURE : ReportedState.SUCCESS;
      // a late success would make the host call the newer deployment inactive
      case RETIRED ->
          host.reported() == ReportedState.SUCCESS ? ReportedState.SUCCESS : ReportedState.INACTIVE;
      case FAILED -> ReportedState.FAILURE;
      case SUPERSEDED, CANCELLED -> ReportedState.INACTIVE;
    };
  }

  /** Whether a report to the source host is pending. */
  public boolean isReportPending() {
    return state != DeploymentState.REQUESTED
        && host.reported() != due()
        && host.reported() != ReportedState.UNDELIVERABLE;
  }

  /** Whether nothing is left to do for it, apart from keeping its pods while they may be needed. */
  public boolean isSettled() {
    return !state.isUnderWay()
        && !awaitsConfirmation()
        && deadlines.recheck() == null
        && !isReportPending()
        && !isDraining()
        && !(state.isUnsuccessful() && rollout.mayExist());
  }

  /** Whether it has the traffic, and none of its pods was seen to take any since. */
  public boolean awaitsConfirmation() {
    return state == DeploymentState.LIVE && deadlines.confirmation() != null;
  }

  /** Whether pods of it may run that somebody has a connection to from when it had the traffic. */
  public boolean isDraining() {
    return drain != null && !drain.isOver() && rollout.mayExist();
  }

  /** Whether it has the traffic and had none of its pods take any in time. */
  public boolean hasNoEndpoints() {
    return awaitsConfirmation() && outcome.cause() != null;
  }

  Deployment to(DeploymentState next, String text, Instant at) {
    boolean over = !next.isUnderWay() && next != DeploymentState.LIVE;
    return new Deployment(
        identity,
        next,
        cancelRequestedBy,
        host,
        rollout,
        outcome,
        timeline.and(new TimelineEntry(at, next, text), over ? at : timeline.endedAt()),
        over ? deadlines.confirmedBy(null) : deadlines,
        drain);
  }

  Deployment with(HostReport changed) {
    return new Deployment(
        identity, state, cancelRequestedBy, changed, rollout, outcome, timeline, deadlines, drain);
  }

  Deployment with(Rollout changed) {
    return new Deployment(
        identity, state, cancelRequestedBy, host, changed, outcome, timeline, deadlines, drain);
  }

  Deployment with(Outcome changed) {
    return new Deployment(
        identity, state, cancelRequestedBy, host, rollout, changed, timeline, deadlines, drain);
  }

  Deployment with(Deadlines changed) {
    return new Deployment(
        identity, state, cancelRequestedBy, host, rollout, outcome, timeline, changed, drain);
  }

  Deployment with(@Nullable Drain changed) {
    return new Deployment(
        identity, state, cancelRequestedBy, host, rollout, outcome, timeline, deadlines, changed);
  }

  /** With something that happened and left the state as it is. */
  Deployment noting(String text, Instant at) {
    Timeline more = timeline.and(new TimelineEntry(at, state, text), timeline.endedAt());
    return new Deployment(
        identity, state, cancelRequestedBy, host, rollout, outcome, more, deadlines, drain);
  }

  /** This deployment with another number of pods wanted. */
  public Deployment scaled(int wanted) {
    return with(rollout.pods(Math.min(rollout.readyPods(), wanted), wanted));
  }

  /** This deployment with what its pods were given; null if that is not known. */
  public Deployment rolledOutWith(@Nullable PodSettings given) {
    return with(new Rollout(rollout.mayExist(), rollout.readyPods(), rollout.wantedPods(), given));
  }

  /** This deployment with somebody's wish to stop it. */
  public Deployment cancelRequested(String by) {
    return new Deployment(identity, state, by, host, rollout, outcome, timeline, deadlines, drain);
  }
}

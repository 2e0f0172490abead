package io.cite.core.domain.deploy;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make an image the live one in an environment.
 *
 * @param seq number, increasing per environment; a lower one never takes traffic from a higher one
 * @param rolloutSeq number in its rollout's name: its own, or for a rollback that of the deployment
 *     whose pods are used again
 * @param build number of the build that made the image; null where that is not known
 * @param cancelRequestedBy who asked to stop it; null if nobody
 * @param githubId the source host's number for it; null until it was announced
 * @param reported what the source host was last told
 * @param rolledOut whether the controller that it uses may exist in the cluster
 * @param deadline when the rollout is given up
 * @param confirmUntil until when one of its pods must take traffic after the switch; null before
 *     the switch and once one does
 * @param recheckAt when to make sure that the source host has it once and as it is, because a
 *     leader that lost its term meanwhile may have told it something; null where that cannot be
 */
public record Deployment(
    EnvironmentId environment,
    long seq,
    long rolloutSeq,
    CommitId commit,
    ImageReference image,
    Origin origin,
    String requestedBy,
    @Nullable Long build,
    DeploymentState state,
    @Nullable String cancelRequestedBy,
    @Nullable Long githubId,
    ReportedState reported,
    boolean rolledOut,
    int readyPods,
    int wantedPods,
    @Nullable String cause,
    @Nullable Evidence evidence,
    List<TimelineEntry> timeline,
    Instant requestedAt,
    @Nullable Instant endedAt,
    Instant deadline,
    @Nullable Instant confirmUntil,
    @Nullable Instant recheckAt) {
  public Deployment {
    timeline = List.copyOf(timeline);
    if (rolloutSeq < 1 || seq < rolloutSeq) {
      throw new IllegalArgumentException(
          "Deployment " + seq + " cannot use the rollout of deployment " + rolloutSeq);
    }
    if (readyPods < 0 || wantedPods < 0) {
      throw new IllegalArgumentException(
          "Deployment " + seq + " has " + readyPods + " of " + wantedPods + " pods ready");
    }
  }

  /** A deployment that has been accepted. */
  public static Deployment requested(
      EnvironmentId environment,
      long seq,
      long rolloutSeq,
      CommitId commit,
      ImageReference image,
      Origin origin,
      String requestedBy,
      @Nullable Long build,
      int wantedPods,
      Instant at,
      Instant deadline) {
    String text =
        switch (origin) {
          case AUTO ->
              "requested because build " + build + " of " + commit.abbreviated() + " succeeded";
          case MANUAL -> "requested by " + requestedBy;
          case ROLLBACK -> "rollback to deployment " + rolloutSeq + " requested by " + requestedBy;
        };
    return new Deployment(
        environment,
        seq,
        rolloutSeq,
        commit,
        image,
        origin,
        requestedBy,
        build,
        DeploymentState.REQUESTED,
        null,
        null,
        ReportedState.NOTHING,
        false,
        0,
        wantedPods,
        null,
        null,
        List.of(new TimelineEntry(at, DeploymentState.REQUESTED, text)),
        at,
        null,
        deadline,
        null,
        null);
  }

  /** Name by which the source host finds it again, unique over all time: the saga id. */
  public String sagaId() {
    return environment + "#" + seq + "@" + requestedAt.toEpochMilli();
  }

  /** What the source host should have been told by now. */
  public ReportedState due() {
    return switch (state) {
      case REQUESTED, ANNOUNCED, ROLLING_OUT, READY -> ReportedState.PENDING;
      case LIVE -> hasNoEndpoints() ? ReportedState.FAILURE : ReportedState.SUCCESS;
      // a late success would make the host call the newer deployment inactive
      case RETIRED ->
          reported == ReportedState.SUCCESS ? ReportedState.SUCCESS : ReportedState.INACTIVE;
      case FAILED -> ReportedState.FAILURE;
      case SUPERSEDED, CANCELLED -> ReportedState.INACTIVE;
    };
  }

  /** Whether the source host still has to be told something. */
  public boolean isReportPending() {
    return state != DeploymentState.REQUESTED
        && reported != due()
        && reported != ReportedState.UNDELIVERABLE;
  }

  /** Whether nothing is left to do for it, apart from keeping its pods while they may be needed. */
  public boolean isSettled() {
    return !state.isUnderWay()
        && !awaitsConfirmation()
        && recheckAt == null
        && !isReportPending()
        && !(state.isUnsuccessful() && rolledOut);
  }

  /** Whether it has the traffic, and none of its pods was seen to take any since. */
  public boolean awaitsConfirmation() {
    return state == DeploymentState.LIVE && confirmUntil != null;
  }

  /** Whether it has the traffic and had none of its pods take any in time. */
  public boolean hasNoEndpoints() {
    return awaitsConfirmation() && cause != null;
  }

  Deployment to(DeploymentState next, String text, Instant at) {
    DeploymentChange change = new DeploymentChange(this);
    List<TimelineEntry> entries = new ArrayList<>(timeline);
    entries.add(new TimelineEntry(at, next, text));
    change.timeline = entries;
    change.state = next;
    if (!next.isUnderWay() && next != DeploymentState.LIVE) {
      change.endedAt = at;
      change.confirmUntil = null;
    }
    return change.done();
  }

  Deployment withGithubId(long id) {
    DeploymentChange change = new DeploymentChange(this);
    change.githubId = id;
    return change.done();
  }

  Deployment recheckedAt(@Nullable Instant at) {
    DeploymentChange change = new DeploymentChange(this);
    change.recheckAt = at;
    return change.done();
  }

  Deployment withReported(ReportedState told) {
    DeploymentChange change = new DeploymentChange(this);
    change.reported = told;
    return change.done();
  }

  Deployment withRollout(boolean exists) {
    DeploymentChange change = new DeploymentChange(this);
    change.rolledOut = exists;
    return change.done();
  }

  Deployment withPods(int ready, int wanted) {
    DeploymentChange change = new DeploymentChange(this);
    change.readyPods = ready;
    change.wantedPods = wanted;
    return change.done();
  }

  Deployment confirmedBy(@Nullable Instant until) {
    DeploymentChange change = new DeploymentChange(this);
    change.confirmUntil = until;
    return change.done();
  }

  Deployment withCause(@Nullable String why, @Nullable Evidence shown) {
    DeploymentChange change = new DeploymentChange(this);
    change.cause = why;
    change.evidence = shown;
    return change.done();
  }

  /** This deployment with another number of pods wanted. */
  public Deployment scaled(int wanted) {
    return withPods(Math.min(readyPods, wanted), wanted);
  }

  /** This deployment with somebody's wish to stop it. */
  public Deployment cancelRequested(String by) {
    DeploymentChange change = new DeploymentChange(this);
    change.cancelRequestedBy = by;
    return change.done();
  }
}

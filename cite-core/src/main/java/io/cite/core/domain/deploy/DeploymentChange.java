package io.cite.core.domain.deploy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployment being changed: what may change of it, and the rest as it was. */
final class DeploymentChange {
  private final Deployment before;
  DeploymentState state;
  @Nullable String cancelRequestedBy;
  @Nullable Long githubId;
  ReportedState reported;
  boolean rolledOut;
  int readyPods;
  int wantedPods;
  @Nullable String cause;
  @Nullable Evidence evidence;
  List<TimelineEntry> timeline;
  @Nullable Instant endedAt;
  @Nullable Instant confirmUntil;
  @Nullable Instant recheckAt;

  DeploymentChange(Deployment before) {
    this.before = before;
    state = before.state();
    cancelRequestedBy = before.cancelRequestedBy();
    githubId = before.githubId();
    reported = before.reported();
    rolledOut = before.rolledOut();
    readyPods = before.readyPods();
    wantedPods = before.wantedPods();
    cause = before.cause();
    evidence = before.evidence();
    timeline = before.timeline();
    endedAt = before.endedAt();
    confirmUntil = before.confirmUntil();
    recheckAt = before.recheckAt();
  }

  Deployment done() {
    return new Deployment(
        before.environment(),
        before.seq(),
        before.rolloutSeq(),
        before.commit(),
        before.image(),
        before.origin(),
        before.requestedBy(),
        before.build(),
        state,
        cancelRequestedBy,
        githubId,
        reported,
        rolledOut,
        readyPods,
        wantedPods,
        cause,
        evidence,
        timeline,
        before.requestedAt(),
        endedAt,
        before.deadline(),
        confirmUntil,
        recheckAt);
  }
}

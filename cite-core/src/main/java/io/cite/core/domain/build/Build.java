package io.cite.core.domain.build;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to turn a commit into an image.
 *
 * @param number increasing per environment
 * @param requestedBy who asked for it, or {@code github}
 * @param requested whether the builder still has to be asked ({@code false}) or not
 * @param statusFloor only commit statuses with a higher number speak of this build
 * @param statusSeen number of the last status that was taken into account
 * @param requestAttempts how often asking the builder has failed
 * @param image the image, pinned by digest where a registry is configured
 * @param logUrl where the builder keeps the log of a failure
 * @param logTail the log's end, secrets masked
 * @param cause why there is no image
 * @param decision what was decided about deploying the result; null until it was
 * @param deadline when it is given up; moved on by every sign of life
 */
public record Build(
    EnvironmentId environment,
    long number,
    CommitId commit,
    BuildState state,
    BuildOrigin origin,
    String requestedBy,
    boolean requested,
    long statusFloor,
    long statusSeen,
    int requestAttempts,
    @Nullable ImageReference image,
    @Nullable String logUrl,
    @Nullable String logTail,
    @Nullable String cause,
    @Nullable String decision,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Instant deadline) {
  public Build {
    if (number < 1) {
      throw new IllegalArgumentException("The number of a build is " + number + ", not 1 or more");
    }
    if (statusFloor < 0 || statusSeen < statusFloor) {
      throw new IllegalArgumentException(
          "A build has seen the status " + statusSeen + ", which is below " + statusFloor);
    }
    if (requestAttempts < 0) {
      throw new IllegalArgumentException("A build was requested " + requestAttempts + " times");
    }
  }

  /** A build that is expected (from a push) or has to be asked for (by a person). */
  public static Build queued(
      EnvironmentId environment,
      long number,
      CommitId commit,
      BuildOrigin origin,
      String requestedBy,
      long statusFloor,
      Instant at,
      Instant deadline) {
    return new Build(
        environment,
        number,
        commit,
        BuildState.QUEUED,
        origin,
        requestedBy,
        origin == BuildOrigin.PUSH || origin == BuildOrigin.OBSERVED,
        statusFloor,
        statusFloor,
        0,
        null,
        null,
        null,
        null,
        null,
        at,
        null,
        null,
        deadline);
  }

  /** Whether it waits for the decision about deploying its image. */
  public boolean awaitsDecision() {
    return state == BuildState.SUCCEEDED && decision == null;
  }

  /** This build with the decision about deploying its image. */
  public Build decided(String text) {
    BuildChange change = new BuildChange(this);
    change.decision = text;
    return change.done();
  }

  /**
   * This build once those of its commit before it are over: what was seen of them is theirs, and
   * the patience with it begins when its turn came. A build that has begun stays as it is.
   */
  public Build after(long seenOfOthers, Instant turn, Duration patience) {
    if (state != BuildState.QUEUED) {
      return this;
    }
    Instant patient = turn.plus(patience);
    BuildChange change = new BuildChange(this);
    change.statusFloor = Math.max(statusFloor, seenOfOthers);
    change.statusSeen = Math.max(statusSeen, seenOfOthers);
    change.deadline = patient.isAfter(deadline) ? patient : deadline;
    return change.done();
  }

  Build ordered(String by, Instant newDeadline) {
    BuildChange change = new BuildChange(this);
    change.origin = BuildOrigin.MANUAL;
    change.requestedBy = by;
    change.requested = false;
    change.deadline = newDeadline;
    return change.done();
  }

  Build asked(boolean done, int attempts, @Nullable String why) {
    BuildChange change = new BuildChange(this);
    change.requested = done;
    change.requestAttempts = attempts;
    change.cause = why;
    return change.done();
  }

  Build running(long statusId, Instant at, Instant newDeadline) {
    BuildChange change = new BuildChange(this);
    change.state = BuildState.RUNNING;
    change.requested = true;
    change.statusSeen = statusId;
    change.cause = null;
    change.startedAt = startedAt == null ? at : startedAt;
    change.deadline = newDeadline;
    return change.done();
  }

  Build ended(
      BuildState end,
      long statusId,
      @Nullable ImageReference made,
      @Nullable String url,
      @Nullable String tail,
      @Nullable String why,
      Instant at) {
    BuildChange change = new BuildChange(this);
    change.state = end;
    change.requested = true;
    change.statusSeen = Math.max(statusId, statusSeen);
    change.image = made;
    change.logUrl = url;
    change.logTail = tail;
    change.cause = why;
    change.endedAt = at;
    return change.done();
  }
}

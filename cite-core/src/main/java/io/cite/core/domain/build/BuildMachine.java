package io.cite.core.domain.build;

import static io.cite.core.domain.build.BuildState.CANCELLED;
import static io.cite.core.domain.build.BuildState.ERRORED;
import static io.cite.core.domain.build.BuildState.FAILED;
import static io.cite.core.domain.build.BuildState.QUEUED;
import static io.cite.core.domain.build.BuildState.RUNNING;
import static io.cite.core.domain.build.BuildState.SUCCEEDED;
import static io.cite.core.domain.build.BuildState.TIMED_OUT;

import io.cite.core.domain.Transitions;
import io.cite.core.domain.build.Build.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules of a build's life: a pure function of the build, what happened, and when. A build that
 * is over ignores everything, so events may be repeated, late or out of order.
 */
public final class BuildMachine {

  /** Why an event changes nothing. */
  public enum Refusal {
    /** The build is over. */
    OVER,
    /** The builder works on it already. */
    ALREADY_RUNNING,
    /** The status was taken into account before. */
    STATUS_SEEN_BEFORE,
    /** The deadline has not passed. */
    NOT_DUE,
    /** Nobody cancelled it, so the builder was not asked to stop. */
    NOT_CANCELLED
  }

  private static final Set<BuildState> OPEN = EnumSet.of(QUEUED, RUNNING);

  private final Duration timeout;
  private final Transitions<BuildState, Build, BuildEvent> table;

  /**
   * The rules.
   *
   * @param timeout how long a build may show no progress
   */
  public BuildMachine(Duration timeout) {
    this.timeout = timeout;
    this.table =
        Transitions.of(BuildState.class, BuildEvent.class, Build::state)
            .row(
                EnumSet.of(QUEUED),
                BuildEvent.Ordered.class,
                QUEUED,
                (b, e, at) -> b.ordered(e.by(), at.plus(timeout)))
            .refuse(EnumSet.of(RUNNING), BuildEvent.Ordered.class, Refusal.ALREADY_RUNNING)
            .row(
                EnumSet.of(QUEUED),
                BuildEvent.Requested.class,
                QUEUED,
                (b, e, at) -> b.asked(e.runs()))
            .refuse(EnumSet.of(RUNNING), BuildEvent.Requested.class, Refusal.ALREADY_RUNNING)
            .row(
                EnumSet.of(QUEUED),
                BuildEvent.RequestFailed.class,
                QUEUED,
                (b, e, at) -> b.notAsked(e.why()))
            .refuse(EnumSet.of(RUNNING), BuildEvent.RequestFailed.class, Refusal.ALREADY_RUNNING)
            .row(
                OPEN,
                BuildEvent.Pending.class,
                RUNNING,
                (b, e, at) -> e.statusId() > b.statuses().seen(),
                Refusal.STATUS_SEEN_BEFORE,
                (b, e, at) -> b.running(e.statusId(), at, at.plus(timeout)))
            .row(
                OPEN,
                BuildEvent.Succeeded.class,
                SUCCEEDED,
                (b, e, at) ->
                    b.ended(SUCCEEDED, e.statusId(), Result.made(e.image()), at)
                        .exposing(e.ports()))
            .row(
                OPEN,
                BuildEvent.Failed.class,
                FAILED,
                (b, e, at) ->
                    b.ended(
                        FAILED,
                        e.statusId(),
                        new Result(null, e.logUrl(), e.logTail(), e.cause()),
                        at))
            .row(
                OPEN,
                BuildEvent.Errored.class,
                ERRORED,
                (b, e, at) -> b.ended(ERRORED, e.statusId(), Result.without(e.cause()), at))
            .row(
                EnumSet.of(QUEUED),
                BuildEvent.Rejected.class,
                QUEUED,
                (b, e, at) -> e.statusId() > b.statuses().seen(),
                Refusal.STATUS_SEEN_BEFORE,
                (b, e, at) -> b.without(e.statusId()))
            .row(
                EnumSet.of(RUNNING),
                BuildEvent.Rejected.class,
                RUNNING,
                (b, e, at) -> e.statusId() > b.statuses().seen(),
                Refusal.STATUS_SEEN_BEFORE,
                (b, e, at) -> b.without(e.statusId()))
            .row(
                EnumSet.of(QUEUED),
                BuildEvent.Unconfirmed.class,
                QUEUED,
                (b, e, at) -> b.waiting(e.waitsFor()))
            .row(
                EnumSet.of(RUNNING),
                BuildEvent.Unconfirmed.class,
                RUNNING,
                (b, e, at) -> b.waiting(e.waitsFor()))
            .row(
                EnumSet.of(QUEUED),
                BuildEvent.Asked.class,
                QUEUED,
                (b, e, at) -> b.inquired(e.runs(), at))
            .row(
                EnumSet.of(RUNNING),
                BuildEvent.Asked.class,
                RUNNING,
                (b, e, at) -> b.inquired(e.runs(), at))
            .row(
                EnumSet.of(CANCELLED),
                BuildEvent.Asked.class,
                CANCELLED,
                (b, e, at) -> b.awaitsStop(),
                Refusal.OVER,
                (b, e, at) -> b.inquired(e.runs(), at))
            .row(OPEN, BuildEvent.Cancelled.class, CANCELLED, (b, e, at) -> b.cancelled(e.by(), at))
            .row(
                EnumSet.of(CANCELLED),
                BuildEvent.Stopped.class,
                CANCELLED,
                (b, e, at) -> b.awaitsStop(),
                Refusal.OVER,
                (b, e, at) -> b.stopped(e.statusId(), e.run(), e.why()))
            .refuse(OPEN, BuildEvent.Stopped.class, Refusal.NOT_CANCELLED)
            .row(
                OPEN,
                BuildEvent.DeadlinePassed.class,
                TIMED_OUT,
                (b, e, at) -> !at.isBefore(b.times().deadline()),
                Refusal.NOT_DUE,
                (b, e, at) ->
                    b.ended(TIMED_OUT, b.statuses().seen(), Result.without(silence(b)), at))
            .refuseAllElse(
                EnumSet.of(SUCCEEDED, FAILED, ERRORED, TIMED_OUT, CANCELLED), Refusal.OVER)
            .build();
  }

  private String silence(Build build) {
    return build.times().startedAt() == null
        ? "The builder did not start within " + timeout.toMinutes() + " minutes."
        : "The builder reported no result within " + timeout.toMinutes() + " minutes.";
  }

  /** The build after the event. */
  public Build apply(Build build, BuildEvent event, Instant at) {
    return table.apply(build, event, at);
  }

  /** The rules as a table. */
  public Transitions<BuildState, Build, BuildEvent> table() {
    return table;
  }
}

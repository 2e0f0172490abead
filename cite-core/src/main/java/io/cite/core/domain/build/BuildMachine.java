package io.cite.core.domain.build;

import java.time.Duration;
import java.time.Instant;

/**
 * The rules of a build's life: a pure function of the build, what happened, and when. A build that
 * is over ignores everything; a status that is not newer than the last one seen changes nothing.
 *
 * @param patience how long a build may go without a sign of life
 */
public record BuildMachine(Duration patience) {

  /** The build after the event. */
  public Build apply(Build build, BuildEvent event, Instant at) {
    if (build.state().isFinal()) {
      return build;
    }
    if (event instanceof BuildEvent.Ordered e) {
      return build.state() == BuildState.QUEUED ? build.ordered(e.by(), at.plus(patience)) : build;
    }
    if (event instanceof BuildEvent.Requested) {
      return build.asked(true, build.requestAttempts(), null);
    }
    if (event instanceof BuildEvent.RequestFailed e) {
      return build.state() == BuildState.QUEUED
          ? build.asked(false, build.requestAttempts() + 1, e.why())
          : build;
    }
    if (event instanceof BuildEvent.Pending e) {
      return e.statusId() <= build.statusSeen()
          ? build
          : build.running(e.statusId(), at, at.plus(patience));
    }
    if (event instanceof BuildEvent.Succeeded e) {
      return build.ended(BuildState.SUCCEEDED, e.statusId(), e.image(), null, null, null, at);
    }
    if (event instanceof BuildEvent.Failed e) {
      return build.ended(
          BuildState.FAILED, e.statusId(), null, e.logUrl(), e.logTail(), e.cause(), at);
    }
    if (event instanceof BuildEvent.Errored e) {
      return build.ended(BuildState.ERRORED, e.statusId(), null, null, null, e.cause(), at);
    }
    if (at.isBefore(build.deadline())) {
      return build;
    }
    return build.ended(
        BuildState.TIMED_OUT,
        build.statusSeen(),
        null,
        null,
        null,
        build.startedAt() == null
            ? "the builder gave no sign of life"
            : "the builder gave no result within " + patience.toMinutes() + " minutes",
        at);
  }
}

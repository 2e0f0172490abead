package io.cite.core.domain.build;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to turn a commit into an image.
 *
 * @param identity what it is; never changes
 * @param request how the builder is asked for it
 * @param statuses which commit statuses speak of it
 * @param result what became of it
 * @param decision what was decided about deploying the result; null until it was
 * @param times when it was what
 * @param ports the TCP ports that its image exposes; null if they are not known
 */
public record Build(
    Identity identity,
    BuildState state,
    Request request,
    Statuses statuses,
    Result result,
    @Nullable String decision,
    Times times,
    @Nullable ContainerPorts ports) {
  public Build {
    if (!state.isFinal() && (times.endedAt() != null || result.image() != null)) {
      throw new IllegalArgumentException(
          "Build " + identity.number() + " is " + state + " and has ended");
    }
  }

  /**
   * What a build is.
   *
   * @param number increasing per environment
   */
  public record Identity(EnvironmentId environment, long number, CommitId commit) {
    public Identity {
      if (number < 1) {
        throw new IllegalArgumentException(
            "The number of a build is " + number + ", not 1 or more");
      }
    }
  }

  /**
   * How a build came about, and how the builder is asked for it.
   *
   * @param by who asked for it or pushed it; {@code github} if that is not known
   * @param sent whether the builder need not be asked (any more): to build, or to stop if cancelled
   * @param attempts how often asking the builder has failed
   */
  public record Request(BuildOrigin origin, String by, boolean sent, int attempts) {
    public Request {
      if (attempts < 0) {
        throw new IllegalArgumentException("A build was requested " + attempts + " times");
      }
    }

    private Request done() {
      return new Request(origin, by, true, attempts);
    }

    private Request failed() {
      return new Request(origin, by, false, attempts + 1);
    }
  }

  /**
   * Which statuses of the commit speak of a build.
   *
   * @param floor only commit statuses with a higher number speak of it
   * @param seen number of the last status that was taken into account
   * @param runs the builder's number up to which its builds of the commit are accounted for: by
   *     those before this build was requested, or by this one once it ended without a status; 0 if
   *     the builder was not asked
   */
  public record Statuses(long floor, long seen, long runs) {
    /** The builder could not be asked which are accounted for, so no run of its counts as this. */
    public static final long ALL_RUNS = Long.MAX_VALUE;

    public Statuses {
      if (floor < 0 || seen < floor) {
        throw new IllegalArgumentException(
            "A build has seen the status " + seen + ", which is below " + floor);
      }
    }

    private Statuses seeing(long id) {
      return new Statuses(floor, Math.max(id, seen), runs);
    }

    private Statuses above(long others) {
      return new Statuses(Math.max(floor, others), Math.max(seen, others), runs);
    }

    private Statuses accountedFor(long run) {
      return new Statuses(floor, seen, Math.max(run, runs));
    }
  }

  /**
   * What became of a build.
   *
   * @param image the image, pinned by digest if a registry is configured
   * @param logUrl where the builder keeps the log of a failure
   * @param logTail the log's end, secrets masked
   * @param cause why there is no image, or none yet
   */
  public record Result(
      @Nullable ImageReference image,
      @Nullable LogUrl logUrl,
      @Nullable String logTail,
      @Nullable String cause) {
    static final Result NONE = new Result(null, null, null, null);

    static Result made(ImageReference image) {
      return new Result(image, null, null, null);
    }

    static Result without(@Nullable String cause) {
      return new Result(null, null, null, cause);
    }
  }

  /**
   * When a build was what.
   *
   * @param startedAt when the builder began; null if it is not known to have begun
   * @param endedAt null while it is open
   * @param deadline when it is given up; extended by every report of progress
   * @param askedAt when the builder was last asked about it, because a report was overdue; null if
   *     it was not
   */
  public record Times(
      Instant requestedAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      Instant deadline,
      @Nullable Instant askedAt) {
    private Times until(Instant later) {
      return new Times(requestedAt, startedAt, endedAt, later, askedAt);
    }

    private Times asked(Instant at) {
      return new Times(requestedAt, startedAt, endedAt, deadline, at);
    }

    private Times started(Instant at, Instant later) {
      return new Times(requestedAt, startedAt == null ? at : startedAt, endedAt, later, askedAt);
    }

    private Times ended(Instant at) {
      return new Times(requestedAt, startedAt, at, deadline, askedAt);
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
        new Identity(environment, number, commit),
        BuildState.QUEUED,
        new Request(origin, requestedBy, !origin.isOrdered(), 0),
        new Statuses(statusFloor, statusFloor, 0),
        Result.NONE,
        null,
        new Times(at, null, null, deadline, null),
        null);
  }

  /** This build with the ports that its image will expose; null if they are not known. */
  public Build exposing(@Nullable ContainerPorts exposed) {
    return new Build(identity, state, request, statuses, result, decision, times, exposed);
  }

  /** The environment that it is for. */
  public EnvironmentId environment() {
    return identity.environment();
  }

  /** Its number in the environment. */
  public long number() {
    return identity.number();
  }

  /** The commit that it builds. */
  public CommitId commit() {
    return identity.commit();
  }

  /** The image that it made; null until it succeeded. */
  public @Nullable ImageReference image() {
    return result.image();
  }

  /** Why there is no image; null if there is nothing to explain. */
  public @Nullable String cause() {
    return result.cause();
  }

  /** Whether it waits for the decision about deploying its image. */
  public boolean awaitsDecision() {
    return state == BuildState.SUCCEEDED && decision == null;
  }

  /** Whether it was cancelled and the builder has still to be asked to stop. */
  public boolean awaitsStop() {
    return state == BuildState.CANCELLED && !request.sent();
  }

  /** This build with the decision about deploying its image; null to have it decided again. */
  public Build decided(@Nullable String text) {
    return new Build(identity, state, request, statuses, result, text, times, ports);
  }

  /** With the statuses up to this number left to earlier builds of the commit. */
  public Build above(long seenOfOthers) {
    return with(request, statuses.above(seenOfOthers), result, times);
  }

  /** This build when its turn came: its timeout begins then. A build that has begun is the same. */
  public Build after(long seenOfOthers, Instant turn, Duration timeout) {
    if (state != BuildState.QUEUED) {
      return this;
    }
    Instant latest = turn.plus(timeout);
    Times inTurn = latest.isAfter(times.deadline()) ? times.until(latest) : times;
    return with(request, statuses.above(seenOfOthers), result, inTurn);
  }

  Build ordered(String by, Instant newDeadline) {
    Request next = new Request(BuildOrigin.MANUAL, by, false, request.attempts());
    return with(next, statuses, result, times.until(newDeadline));
  }

  Build asked(long runs) {
    return with(request.done(), statuses.accountedFor(runs), Result.NONE, times);
  }

  /** With the builder asked about it. */
  Build inquired(long runs, Instant at) {
    return with(request, statuses.accountedFor(runs), result, times.asked(at));
  }

  Build notAsked(String why) {
    return with(request.failed(), statuses, Result.without(why), times);
  }

  /** With a status that was read and does not count. */
  Build without(long statusId) {
    return with(request, statuses.seeing(statusId), Result.NONE, times);
  }

  Build waiting(String what) {
    return with(request, statuses, Result.without(what), times);
  }

  Build running(long statusId, Instant at, Instant newDeadline) {
    Statuses now = new Statuses(statuses.floor(), statusId, statuses.runs());
    return to(BuildState.RUNNING, request.done(), now, Result.NONE, times.started(at, newDeadline));
  }

  Build ended(BuildState end, long statusId, Result became, Instant at) {
    return to(end, request.done(), statuses.seeing(statusId), became, times.ended(at));
  }

  Build cancelled(String by, Instant at) {
    Request stop = new Request(request.origin(), request.by(), false, 0);
    Result none = Result.without("cancelled by " + by);
    return to(BuildState.CANCELLED, stop, statuses, none, times.ended(at));
  }

  /** With the builder asked to stop, and nothing more expected of it. */
  Build stopped(long statusId, long run, String why) {
    Statuses last = statuses.seeing(statusId).accountedFor(run);
    return with(request.done(), last, Result.without(why), times);
  }

  private Build to(BuildState next, Request r, Statuses s, Result became, Times t) {
    return new Build(identity, next, r, s, became, decision, t, ports);
  }

  private Build with(Request r, Statuses s, Result became, Times t) {
    return to(state, r, s, became, t);
  }
}

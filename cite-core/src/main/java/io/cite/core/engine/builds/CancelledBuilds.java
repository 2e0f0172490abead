package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import io.cite.core.port.Links;
import io.cite.core.port.source.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks the builder to stop builds that people cancelled. A cancelled build has ended for CITE, but
 * the next build of its commit waits until the builder has stopped and said so: its last status
 * would otherwise be taken for the next build's. If the builder does not stop in time, CITE goes on
 * and does not use what it makes.
 */
final class CancelledBuilds {
  /** How long the builder has to stop. */
  static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Records records;
  private final Reports reports;
  private final Builder builder;
  private final BuildMachine machine;
  private final Links links;
  private final BuildSettings settings;

  CancelledBuilds(
      Records records,
      Reports reports,
      Builder builder,
      BuildMachine machine,
      Links links,
      BuildSettings settings) {
    this.records = records;
    this.reports = reports;
    this.builder = builder;
    this.machine = machine;
    this.links = links;
    this.settings = settings;
  }

  /** Asks about one build whose time has come; false if there is none. */
  boolean step(EnvironmentSnapshot view, Instant now) {
    Optional<Versioned<Build>> due =
        waiting(view).filter(build -> !now.isBefore(next(view, build.value()))).findFirst();
    due.ifPresent(build -> stop(view, build, now));
    return due.isPresent();
  }

  /** When the builder is asked next about each. */
  static Stream<Instant> next(EnvironmentSnapshot view) {
    return waiting(view).map(build -> next(view, build.value()));
  }

  /** Builds of one commit take turns here too: the builder is not asked to stop an earlier one. */
  private static Stream<Versioned<Build>> waiting(EnvironmentSnapshot view) {
    return view.builds().stream()
        .filter(build -> build.value().awaitsStop())
        .filter(build -> BuildSerialization.isItsTurn(view.builds(), build.value()));
  }

  private static Instant next(EnvironmentSnapshot view, Build build) {
    Instant asked = build.times().askedAt();
    Instant turn = turn(view, build);
    return asked == null || asked.isBefore(turn) ? turn : asked.plus(AGAIN);
  }

  /** Since when nothing but this build keeps the builder from being asked. */
  private static Instant turn(EnvironmentSnapshot view, Build build) {
    return Stream.concat(
            Stream.of(build), BuildSerialization.earlier(view.builds(), build).stream())
        .map(one -> Objects.requireNonNullElse(one.times().endedAt(), one.times().requestedAt()))
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * What the builder and the statuses tell of a build after the builder was asked to stop.
   *
   * @param run the builder's number of it; {@link Build.Statuses#ALL_RUNS} if none is known
   * @param over whether nothing more is to come
   * @param lastStatus the newest status of the builder
   */
  private record Found(long run, boolean over, long lastStatus) {}

  private void stop(EnvironmentSnapshot view, Versioned<Build> stored, Instant now) {
    Build build = stored.value();
    boolean late = !now.isBefore(turn(view, build).plus(TIMEOUT));
    Found found;
    try {
      found = ask(view, build);
    } catch (Upstream e) {
      if (e.isRetryable() && !late) {
        throw e;
      }
      settle(view, stored, unknown(build), failed(build, e), now);
      return;
    } catch (CiteException e) {
      settle(view, stored, unknown(build), failed(build, e), now);
      return;
    }
    if (found.over()) {
      settle(view, stored, found, String.valueOf(build.cause()), now);
    } else if (late) {
      settle(view, stored, found, build.cause() + "; the builder did not stop in time", now);
    } else {
      records
          .write()
          .replace(stored, machine.apply(build, new BuildEvent.Asked(0), now))
          .commitOrRetry();
    }
  }

  private static Found unknown(Build build) {
    return new Found(Build.Statuses.ALL_RUNS, false, build.statuses().seen());
  }

  private static String failed(Build build, CiteException e) {
    return build.cause() + "; the builder could not be stopped: " + e.getMessage();
  }

  private Found ask(EnvironmentSnapshot view, Build build) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.commit();
    String why = build.cause() + " in CITE";
    boolean stopped = true;
    List<BuilderRun> runs = new ArrayList<>();
    for (RepositoryName name : view.service().value().names()) {
      stopped &= builder.cancel(name, view.id().branch(), commit, why);
      builder.runs(name, commit).stream()
          .filter(run -> run.number() > build.statuses().runs())
          .forEach(runs::add);
    }
    List<CommitStatus> statuses;
    try {
      statuses = reports.statuses(repository, commit, settings.statusContext());
    } catch (NotFound e) {
      statuses = List.of();
    }
    boolean ended = runs.stream().noneMatch(run -> run.state() == BuilderRun.State.RUNNING);
    boolean reported =
        runs.isEmpty() || CommitStatuses.tellEnd(statuses, build.statuses().seen(), links);
    long run = runs.stream().mapToLong(BuilderRun::number).max().orElse(Build.Statuses.ALL_RUNS);
    return new Found(
        run, stopped && ended && reported, CommitStatuses.newestOfBuilder(statuses, links));
  }

  private void settle(
      EnvironmentSnapshot view, Versioned<Build> stored, Found found, String why, Instant now) {
    Build build = stored.value();
    // statuses that an earlier build accounts for are not this one's
    long floor = CommitStatuses.floor(BuildSerialization.earlier(view.builds(), build));
    long seen = Math.max(found.lastStatus(), Math.max(floor, build.statuses().seen()));
    Build over =
        machine.apply(build.above(floor), new BuildEvent.Stopped(seen, found.run(), why), now);
    Records.Write write = records.write().replace(stored, over);
    EnvironmentState state = view.state().value();
    String before = attention(build);
    if (before.equals(state.attention()) && !attention(over).equals(before)) {
      write.replace(view.state(), state.withAttention(attention(over)));
    }
    String id = view.id().namespace() + "." + view.id().name() + ".status-" + build.number();
    write.put(
        Keys.outboxMessage(id),
        OutboxMessage.status(
            id,
            new OutboxMessage.StatusReport(
                view.service().value().repository(),
                build.commit(),
                CommitStatus.State.ERROR,
                settings.statusContext(),
                "Build " + build.cause() + ".",
                settings.page().apply(view.id())),
            now));
    write.commitOrRetry();
  }

  private static String attention(Build build) {
    return "build " + build.number() + ": " + build.cause();
  }
}

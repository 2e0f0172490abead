package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.source.Reports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds of which nothing was heard for longer than usual. Statuses get lost while the source host
 * is away or takes no more of them, so CITE asks the builder itself and goes on with what it knows.
 */
final class OverdueBuilds {
  private static final int RECENT = 5;
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Where no build tells how long they take. */
  private static final Duration UNKNOWN = Duration.ofMinutes(5);

  private final Records records;
  private final Reports reports;
  private final StatusReader reader;
  private final BuildMachine machine;
  private final Notices notices;
  private final BuildSettings settings;

  OverdueBuilds(
      Records records,
      Reports reports,
      StatusReader reader,
      BuildMachine machine,
      Notices notices,
      BuildSettings settings) {
    this.records = records;
    this.reports = reports;
    this.reader = reader;
    this.machine = machine;
    this.notices = notices;
    this.settings = settings;
  }

  /** When the builder is asked about a build, unless a report comes before. */
  Instant since(List<Versioned<Build>> builds, Build build) {
    Instant heard = build.times().deadline().minus(settings.buildTimeout());
    Instant asked = build.times().askedAt();
    return (asked == null || asked.isBefore(heard) ? heard : asked).plus(overdueAfter(builds));
  }

  /** When a build has to be checked without any event. */
  Instant next(List<Versioned<Build>> builds, Build build) {
    Instant deadline = build.times().deadline();
    Instant since = since(builds, build);
    return build.request().sent() && since.isBefore(deadline) ? since : deadline;
  }

  /** Twice the usual time of the last builds, within bounds. */
  private static Duration overdueAfter(List<Versioned<Build>> builds) {
    List<Duration> times = new ArrayList<>();
    for (int i = builds.size() - 1; i >= 0 && times.size() < RECENT; i--) {
      Build.Times of = builds.get(i).value().times();
      if (builds.get(i).value().image() != null && of.endedAt() != null) {
        times.add(
            Duration.between(
                of.startedAt() == null ? of.requestedAt() : of.startedAt(), of.endedAt()));
      }
    }
    if (times.isEmpty()) {
      return UNKNOWN;
    }
    times.sort(Duration::compareTo);
    Duration twice = times.get(times.size() / 2).multipliedBy(2);
    Duration least = twice.compareTo(SHORTEST) < 0 ? SHORTEST : twice;
    return least.compareTo(LONGEST) > 0 ? LONGEST : least;
  }

  /** Goes on with what the builder knows of a build. */
  void ask(EnvironmentSnapshot view, Versioned<Build> build, Instant now) {
    Records.Write write = records.write();
    note(write, view, build, reader.ask(write, view.service().value(), build.value(), now));
    write.commitOrRetry();
  }

  /** Goes on with what is known of a build at its deadline, or gives it up. */
  void expire(EnvironmentSnapshot view, Versioned<Build> build, Instant now) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.value().commit();
    List<CommitStatus> statuses = new ArrayList<>();
    try {
      statuses.addAll(reports.statuses(repository, commit, settings.statusContext()));
    } catch (NotFound e) {
      // the repository is gone, and with it every status that could still come
    }
    Records.Write write = records.write();
    StatusReader.Reading reading = read(write, view, build, statuses, now);
    if (reading.waiting() != null) {
      pause(write, reading.waiting());
    }
    if (reading.build().equals(build.value()) && hasResult(view, build.value())) {
      ask(view, build, now);
      return;
    }
    if (reading.build().equals(build.value())) {
      Build read = machine.apply(build.value(), new BuildEvent.DeadlinePassed(), now);
      String id = view.id().namespace() + "." + view.id().name() + ".status-" + read.number();
      write.put(
          Keys.outboxMessage(id),
          OutboxMessage.status(
              id,
              new OutboxMessage.StatusReport(
                  repository,
                  commit,
                  CommitStatus.State.ERROR,
                  settings.statusContext(),
                  CommitStatuses.givenUp(String.valueOf(read.cause())),
                  settings.page().apply(view.id())),
              now));
      notices.of(write, view.service().value(), read, now);
      write.replace(build, read);
    }
    write.commitOrRetry();
  }

  /** Keeps what was found out, and tries again later. */
  static void pause(Records.Write write, Upstream waiting) {
    if (!write.isEmpty()) {
      write.commitOrRetry();
    }
    throw waiting;
  }

  /** Brings a build to what its statuses say. */
  StatusReader.Reading read(
      Records.Write write,
      EnvironmentSnapshot view,
      Versioned<Build> build,
      List<CommitStatus> statuses,
      Instant now) {
    StatusReader.Reading reading =
        reader.read(write, view.service().value(), build.value(), statuses, now);
    note(write, view, build, reading);
    return reading;
  }

  private static void note(
      Records.Write write,
      EnvironmentSnapshot view,
      Versioned<Build> build,
      StatusReader.Reading reading) {
    if (!reading.build().equals(build.value())) {
      write.replace(build, reading.build());
    }
    EnvironmentState noted = reading.note(view.state().value(), build.value());
    if (!noted.equals(view.state().value())) {
      write.replace(view.state(), noted);
    }
  }

  private boolean hasResult(EnvironmentSnapshot view, Build build) {
    try {
      return reader.hasResult(view.service().value(), build);
    } catch (Upstream e) {
      // nobody can tell of a result, and none was reported: the build is given up
      return false;
    }
  }
}

package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.InstantSource;
import io.cite.core.port.Links;
import io.cite.core.port.source.Reports;
import io.cite.core.port.source.Repositories;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the builds of an environment forward: makes the checks that deliveries asked for, asks the
 * builder for builds that people want and to stop those that they cancelled, and gives up on builds
 * that show no progress.
 */
public final class BuildReconciler implements EnvironmentStep {
  private final Records records;
  private final Reports reports;
  private final Repositories repositories;
  private final Builder builder;
  private final InstantSource clock;
  private final BuildSettings settings;
  private final BuildMachine machine;
  private final StatusReader reader;
  private final BuildResults results;
  private final OverdueBuilds overdue;
  private final CancelledBuilds cancelled;
  private final Notices notices;

  public BuildReconciler(
      Records records,
      Reports reports,
      Repositories repositories,
      Builder builder,
      InstantSource clock,
      BuildResults results,
      Notices notices,
      Links links,
      BuildSettings settings) {
    this.records = records;
    this.reports = reports;
    this.repositories = repositories;
    this.builder = builder;
    this.clock = clock;
    this.settings = settings;
    this.machine = new BuildMachine(settings.buildTimeout());
    this.reader = new StatusReader(machine, results, notices, links);
    this.results = results;
    this.overdue = new OverdueBuilds(records, reports, reader, machine, notices, settings);
    this.cancelled = new CancelledBuilds(records, reports, builder, machine, links, settings);
    this.notices = notices;
  }

  /** Takes one step; false if there is none to take now. */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    Instant now = clock.instant();
    List<Versioned<CommitCheck>> checks = records.list(Keys.checksOf(view.id()));
    if (!checks.isEmpty()) {
      take(view, checks.get(0), now);
      return true;
    }
    if (cancelled.step(view, now)) {
      return true;
    }
    for (Versioned<Build> build :
        BuildSerialization.inTurn(view.builds(), settings.buildTimeout())) {
      if (!now.isBefore(build.value().times().deadline())) {
        overdue.expire(view, build, now);
        return true;
      }
      if (!build.value().request().sent()) {
        request(view, build, now);
        return true;
      }
      if (!now.isBefore(overdue.since(view.builds(), build.value()))) {
        overdue.ask(view, build, now);
        return true;
      }
    }
    return false;
  }

  /** When a build has to be checked without any event; empty if none is open. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    return Stream.concat(
            BuildSerialization.inTurn(view.builds(), settings.buildTimeout()).stream()
                .map(build -> overdue.next(view.builds(), build.value())),
            CancelledBuilds.next(view))
        .min(Instant::compareTo);
  }

  private void take(EnvironmentSnapshot view, Versioned<CommitCheck> check, Instant now) {
    CommitId commit = check.value().commit();
    Records.Write write = records.write();
    List<Versioned<Build>> known =
        view.builds().stream().filter(build -> build.value().commit().equals(commit)).toList();
    List<Build> builds = known.stream().map(Versioned::value).toList();
    RepositoryName repository = view.service().value().repository();
    @Nullable Upstream waiting = null;
    try {
      List<CommitStatus> statuses = reports.statuses(repository, commit, settings.statusContext());
      boolean expected = check.value().pushed() && known.isEmpty();
      if (expected || isAnother(view.service().value(), commit, builds, statuses)) {
        Optional<CommitId> head = repositories.head(repository, view.id().branch());
        if (expected && !isInBranch(repository, commit, head.orElse(null))) {
          String text = "commit " + commit.abbreviated() + " is not in the branch any more";
          write.replace(view.state(), view.state().value().withAttention(text));
        } else if (expected || head.filter(commit::equals).isPresent()) {
          // a build that nobody expected here is this environment's only if it is the head
          BuildOrigin origin = check.value().pushed() ? BuildOrigin.PUSH : BuildOrigin.OBSERVED;
          Build queued = queued(view, check.value(), origin, CommitStatuses.floor(builds), now);
          waiting = open(write, view, queued, statuses, head, now).waiting();
        }
      }
      for (Versioned<Build> build : BuildSerialization.inTurn(known, settings.buildTimeout())) {
        waiting = overdue.read(write, view, build, statuses, now).waiting();
      }
    } catch (NotFound e) {
      write.replace(view.state(), view.state().value().withAttention(e.getMessage()));
    }
    if (waiting == null) {
      write.delete(check).commitOrRetry();
    } else {
      // the check stays, so the status is read again
      OverdueBuilds.pause(write, waiting);
    }
  }

  private Build queued(
      EnvironmentSnapshot view, CommitCheck check, BuildOrigin origin, long floor, Instant now) {
    String by = check.by() == null ? "github" : check.by();
    long number = view.state().value().nextBuild().lastBuild();
    Instant deadline = now.plus(settings.buildTimeout());
    return Build.queued(view.id(), number, check.commit(), origin, by, floor, now, deadline)
        .exposing(ImagePorts.known(view.builds(), check.sameDockerfileAs()));
  }

  private StatusReader.Reading open(
      Records.Write write,
      EnvironmentSnapshot view,
      Build queued,
      List<CommitStatus> statuses,
      Optional<CommitId> head,
      Instant now) {
    EnvironmentState state =
        view.state().value().nextBuild().withHead(head.orElse(null)).withAttention(null);
    StatusReader.Reading reading =
        reader.read(write, view.service().value(), queued, statuses, now);
    if (queued.request().origin() == BuildOrigin.OBSERVED && reading.isOnlyDoubt()) {
      // nobody but that status says that there is a build
      EnvironmentState noted = view.state().value().withAttention(reading.attention());
      if (!noted.equals(view.state().value())) {
        write.replace(view.state(), noted);
      }
    } else {
      write
          .replace(view.state(), state.withAttention(reading.attention()))
          .create(Keys.build(view.id(), queued.number()), reading.build());
    }
    return reading;
  }

  /** A late status may speak of a build that ended because the builder was asked. */
  private boolean isAnother(
      ServiceSettings service, CommitId commit, List<Build> builds, List<CommitStatus> statuses) {
    Build newest = builds.isEmpty() ? null : builds.get(builds.size() - 1);
    if (newest != null && newest.state() == BuildState.CANCELLED) {
      long cancelled = newest.statuses().runs();
      return CommitStatuses.tellsOfAnotherBuild(builds, statuses)
          && cancelled < Build.Statuses.ALL_RUNS
          && results.newestRun(service, commit) > cancelled;
    }
    long accountedFor =
        builds.stream()
            .mapToLong(b -> b.statuses().runs())
            .filter(runs -> runs < Build.Statuses.ALL_RUNS)
            .max()
            .orElse(0);
    return CommitStatuses.tellsOfAnotherBuild(builds, statuses)
        && (accountedFor == 0 || results.newestRun(service, commit) > accountedFor);
  }

  private boolean isInBranch(RepositoryName repository, CommitId commit, @Nullable CommitId head) {
    if (head == null || commit.equals(head)) {
      return head != null;
    }
    Optional<CommitRelation> relation = repositories.compare(repository, commit, head);
    return relation
        .filter(l -> l == CommitRelation.AHEAD || l == CommitRelation.IDENTICAL)
        .isPresent();
  }

  /** An order does not wait for the builder's other interface: its statuses will tell as well. */
  private long earlierRuns(ServiceSettings service, CommitId commit) {
    try {
      return results.newestRun(service, commit);
    } catch (Upstream e) {
      return Build.Statuses.ALL_RUNS;
    }
  }

  private void request(EnvironmentSnapshot view, Versioned<Build> build, Instant now) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.value().commit();
    boolean arrived =
        reader.hasUpdate(
            build.value(), reports.statuses(repository, commit, settings.statusContext()));
    Build asked;
    @Nullable Upstream again = null;
    try {
      long runs = 0;
      if (!arrived) {
        runs = earlierRuns(view.service().value(), commit);
        Commit details =
            repositories
                .commit(repository, commit)
                .orElseThrow(() -> new NotFound("there is no commit " + commit));
        builder.request(repository, view.id().branch(), details);
      }
      asked = machine.apply(build.value(), new BuildEvent.Requested(runs), now);
    } catch (CiteException e) {
      String why = "the build could not be requested: " + e.getMessage();
      if (e instanceof Upstream upstream && upstream.isRetryable()) {
        again = upstream;
        asked = machine.apply(build.value(), new BuildEvent.RequestFailed(why), now);
      } else {
        asked = machine.apply(build.value(), new BuildEvent.Errored(0, why), now);
      }
    }
    EnvironmentState state = view.state().value();
    String attention =
        asked.state() == BuildState.QUEUED && asked.request().sent() ? null : asked.cause();
    Records.Write write = records.write().replace(build, asked);
    EnvironmentState noted = state.withAttention(attention);
    if (!noted.equals(state)) {
      write.replace(view.state(), noted);
    }
    if (arrived) {
      write.put(
          Keys.check(view.id(), commit),
          new CommitCheck(view.id(), commit, false, "the builder has started", now));
    }
    notices.of(write, view.service().value(), asked, now);
    write.commitOrRetry();
    if (again != null) {
      throw again;
    }
  }
}

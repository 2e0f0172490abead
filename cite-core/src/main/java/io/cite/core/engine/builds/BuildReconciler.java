package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.service.EnvironmentState;
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
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Reports;
import io.cite.core.port.source.Repositories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the builds of an environment forward: makes the checks that deliveries asked for, asks the
 * builder for builds that people want, and gives up on builds that show no progress.
 */
public final class BuildReconciler implements EnvironmentStep {
  private final Records records;
  private final Reports reports;
  private final Repositories repositories;
  private final Builder builder;
  private final InstantSource clock;
  private final BuildSettings settings;
  private final BuildMachine machine;
  private final CommitStatuses commitStatuses;
  private final Notices notices;

  public BuildReconciler(
      Records records,
      Reports reports,
      Repositories repositories,
      Builder builder,
      InstantSource clock,
      CommitStatuses commitStatuses,
      Notices notices,
      BuildSettings settings) {
    this.records = records;
    this.reports = reports;
    this.repositories = repositories;
    this.builder = builder;
    this.clock = clock;
    this.settings = settings;
    this.machine = new BuildMachine(settings.buildTimeout());
    this.commitStatuses = commitStatuses;
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
    for (Versioned<Build> build :
        BuildSerialization.inTurn(view.builds(), settings.buildTimeout())) {
      if (!now.isBefore(build.value().times().deadline())) {
        expire(view, build, now);
        return true;
      }
      if (!build.value().request().sent()) {
        request(view, build, now);
        return true;
      }
    }
    return false;
  }

  /** When a build has to be checked without any event; empty if none is open. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    return BuildSerialization.inTurn(view.builds(), settings.buildTimeout()).stream()
        .map(build -> build.value().times().deadline())
        .min(Instant::compareTo);
  }

  private void take(EnvironmentSnapshot view, Versioned<CommitCheck> check, Instant now) {
    CommitId commit = check.value().commit();
    Records.Write write = records.write();
    List<Versioned<Build>> known =
        view.builds().stream().filter(build -> build.value().commit().equals(commit)).toList();
    List<Build> builds = known.stream().map(Versioned::value).toList();
    RepositoryName repository = view.service().value().repository();
    try {
      List<CommitStatus> statuses = reports.statuses(repository, commit, settings.statusContext());
      boolean expected = check.value().pushed() && known.isEmpty();
      if (expected || CommitStatuses.tellsOfAnotherBuild(builds, statuses)) {
        Optional<CommitId> head = repositories.head(repository, view.id().branch());
        if (expected && !isInBranch(repository, commit, head.orElse(null))) {
          String text = "commit " + commit.abbreviated() + " is not in the branch any more";
          write.replace(view.state(), view.state().value().withAttention(text));
        } else if (expected || head.filter(commit::equals).isPresent()) {
          // a build that nobody expected here is this environment's only if it is the head
          BuildOrigin origin = check.value().pushed() ? BuildOrigin.PUSH : BuildOrigin.OBSERVED;
          open(write, view, commit, origin, CommitStatuses.floor(builds), statuses, head, now);
        }
      }
      for (Versioned<Build> build : BuildSerialization.inTurn(known, settings.buildTimeout())) {
        Reading read = read(write, view, build.value(), statuses, now);
        if (!read.build().equals(build.value())) {
          write.replace(build, read.build());
        }
        if (read.rejection() != null) {
          write.replace(view.state(), view.state().value().withAttention(read.rejection()));
        }
      }
    } catch (NotFound e) {
      write.replace(view.state(), view.state().value().withAttention(e.getMessage()));
    }
    write.delete(check).commitOrRetry();
  }

  private void open(
      Records.Write write,
      EnvironmentSnapshot view,
      CommitId commit,
      BuildOrigin origin,
      long floor,
      List<CommitStatus> statuses,
      Optional<CommitId> head,
      Instant now) {
    EnvironmentState state =
        view.state().value().nextBuild().withHead(head.orElse(null)).withAttention(null);
    Build queued =
        Build.queued(
            view.id(),
            state.lastBuild(),
            commit,
            origin,
            "github",
            floor,
            now,
            now.plus(settings.buildTimeout()));
    Reading read = read(write, view, queued, statuses, now);
    write
        .replace(view.state(), state.withAttention(read.rejection()))
        .create(Keys.build(view.id(), queued.number()), read.build());
  }

  /**
   * What the statuses made of a build.
   *
   * @param rejection why the image of a success status was not taken; null if none was rejected
   */
  private record Reading(Build build, @Nullable String rejection) {}

  /**
   * Reads what the statuses say of the build, and queues the notices of each state it went through.
   */
  private Reading read(
      Records.Write write,
      EnvironmentSnapshot view,
      Build build,
      List<CommitStatus> statuses,
      Instant now) {
    Build read = build;
    @Nullable String rejection = null;
    for (CommitStatus status : commitStatuses.updates(build, statuses)) {
      Build next =
          machine.apply(read, commitStatuses.event(view.service().value(), read, status), now);
      if (next.state() != read.state()) {
        notices.of(write, view.service().value(), next, now);
        if (status.state() == CommitStatus.State.SUCCESS && next.state() == BuildState.ERRORED) {
          rejection = "build " + next.number() + ": " + next.cause();
        }
      }
      read = next;
    }
    return new Reading(read, rejection);
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

  private void expire(EnvironmentSnapshot view, Versioned<Build> build, Instant now) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.value().commit();
    List<CommitStatus> statuses = new ArrayList<>();
    try {
      statuses.addAll(reports.statuses(repository, commit, settings.statusContext()));
    } catch (NotFound e) {
      // the repository is gone, and with it every status that could still come
    }
    Records.Write write = records.write();
    Reading reading = read(write, view, build.value(), statuses, now);
    Build read = reading.build();
    if (reading.rejection() != null) {
      write.replace(view.state(), view.state().value().withAttention(reading.rejection()));
    }
    if (read.equals(build.value())) {
      read = machine.apply(read, new BuildEvent.DeadlinePassed(), now);
      String id = view.id().namespace() + "." + view.id().name() + ".status-" + read.number();
      write.put(
          Keys.outgoing(id),
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
    }
    write.replace(build, read).commitOrRetry();
  }

  private void request(EnvironmentSnapshot view, Versioned<Build> build, Instant now) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.value().commit();
    boolean arrived =
        !commitStatuses
            .updates(build.value(), reports.statuses(repository, commit, settings.statusContext()))
            .isEmpty();
    Build asked;
    @Nullable Upstream again = null;
    try {
      if (!arrived) {
        Commit details =
            repositories
                .commit(repository, commit)
                .orElseThrow(() -> new NotFound("there is no commit " + commit));
        builder.request(repository, view.id().branch(), details);
      }
      asked = machine.apply(build.value(), new BuildEvent.Requested(), now);
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

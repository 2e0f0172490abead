package io.cite.core.engine;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.build.StatusText;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Lineage;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the builds of an environment forward: takes the looks that deliveries asked for, asks the
 * builder for builds that people want, and gives up on builds that go without a sign of life.
 */
final class BuildReconciler {
  private final Records records;
  private final Outside outside;
  private final EngineSettings settings;
  private final BuildMachine machine;
  private final StatusTranslator translator;
  private final News news;

  BuildReconciler(Records records, Outside outside, EngineSettings settings) {
    this.records = records;
    this.outside = outside;
    this.settings = settings;
    this.machine = new BuildMachine(settings.buildPatience());
    this.translator = new StatusTranslator(outside, settings);
    this.news = new News(settings);
  }

  /** Takes one step; false where there is none to take now. */
  boolean step(EnvironmentView view) {
    Instant now = outside.clock().instant();
    List<Stored<Bookkeeping.Look>> looks = records.list(Keys.looksOf(view.id()));
    if (!looks.isEmpty()) {
      take(view, looks.get(0), now);
      return true;
    }
    for (Stored<Build> build : BuildTurns.inTurn(view.builds(), settings.buildPatience())) {
      if (!now.isBefore(build.value().deadline())) {
        expire(view, build, now);
        return true;
      }
      if (!build.value().requested()) {
        request(view, build, now);
        return true;
      }
    }
    return false;
  }

  /** When a build has to be looked at without any event; empty if none is open. */
  Optional<Instant> nextDeadline(EnvironmentView view) {
    return BuildTurns.inTurn(view.builds(), settings.buildPatience()).stream()
        .map(build -> build.value().deadline())
        .min(Instant::compareTo);
  }

  private void take(EnvironmentView view, Stored<Bookkeeping.Look> look, Instant now) {
    CommitId commit = look.value().commit();
    Records.Write write = records.write();
    List<Stored<Build>> known =
        view.builds().stream().filter(build -> build.value().commit().equals(commit)).toList();
    List<Build> builds = known.stream().map(Stored::value).toList();
    RepositoryName repository = view.service().value().repository();
    try {
      List<CommitStatus> statuses =
          outside.source().statuses(repository, commit, settings.statusContext());
      boolean expected = look.value().pushed() && known.isEmpty();
      if (expected || StatusReading.tellsOfAnotherBuild(builds, statuses)) {
        Optional<CommitId> head = outside.source().head(repository, view.id().branch());
        if (!known.isEmpty() || isInBranch(repository, commit, head.orElse(null))) {
          BuildOrigin origin = look.value().pushed() ? BuildOrigin.PUSH : BuildOrigin.OBSERVED;
          open(write, view, commit, origin, StatusReading.floor(builds), statuses, head, now);
        } else {
          String text = "commit " + commit.abbreviated() + " is not in the branch any more";
          write.replace(view.state(), view.state().value().withAttention(text));
        }
      }
      for (Stored<Build> build : BuildTurns.inTurn(known, settings.buildPatience())) {
        Build read = read(write, view, build.value(), statuses, now);
        if (!read.equals(build.value())) {
          write.replace(build, read);
        }
      }
    } catch (NotFound e) {
      write.replace(view.state(), view.state().value().withAttention(e.getMessage()));
    }
    write.delete(look).commitOrLookAgain();
  }

  private void open(
      Records.Write write,
      EnvironmentView view,
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
            now.plus(settings.buildPatience()));
    Build read = read(write, view, queued, statuses, now);
    write.replace(view.state(), state).create(Keys.build(view.id(), read.number()), read);
  }

  /**
   * Reads what the statuses say of the build, and queues the news of each state it went through.
   */
  private Build read(
      Records.Write write,
      EnvironmentView view,
      Build build,
      List<CommitStatus> statuses,
      Instant now) {
    Build read = build;
    for (CommitStatus status : StatusReading.news(build, statuses)) {
      Build next = machine.apply(read, translator.event(view.service().value(), read, status), now);
      if (next.state() != read.state()) {
        news.of(write, view.service().value(), next, now);
      }
      read = next;
    }
    return read;
  }

  private boolean isInBranch(RepositoryName repository, CommitId commit, @Nullable CommitId head) {
    if (head == null || commit.equals(head)) {
      return head != null;
    }
    Optional<Lineage> lineage = outside.source().compare(repository, commit, head);
    return lineage.filter(l -> l == Lineage.AHEAD || l == Lineage.IDENTICAL).isPresent();
  }

  private void expire(EnvironmentView view, Stored<Build> build, Instant now) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.value().commit();
    List<CommitStatus> statuses = new ArrayList<>();
    try {
      statuses.addAll(outside.source().statuses(repository, commit, settings.statusContext()));
    } catch (NotFound e) {
      // the repository is gone, and with it every status that could still come
    }
    Records.Write write = records.write();
    Build read = read(write, view, build.value(), statuses, now);
    if (read.equals(build.value())) {
      read = machine.apply(read, new BuildEvent.DeadlinePassed(), now);
      String id = view.id().namespace() + "." + view.id().name() + ".status-" + read.number();
      write.put(
          Keys.outgoing(id),
          new Outgoing(
              id,
              null,
              null,
              new Outgoing.StatusReport(
                  repository,
                  commit,
                  CommitStatus.State.ERROR,
                  settings.statusContext(),
                  StatusText.givenUp(String.valueOf(read.cause()))),
              0,
              now));
      news.of(write, view.service().value(), read, now);
    }
    write.replace(build, read).commitOrLookAgain();
  }

  private void request(EnvironmentView view, Stored<Build> build, Instant now) {
    RepositoryName repository = view.service().value().repository();
    CommitId commit = build.value().commit();
    boolean arrived =
        !StatusReading.news(
                build.value(),
                outside.source().statuses(repository, commit, settings.statusContext()))
            .isEmpty();
    Build asked;
    @Nullable Upstream again = null;
    try {
      if (!arrived) {
        Commit details =
            outside
                .source()
                .commit(repository, commit)
                .orElseThrow(() -> new NotFound("there is no commit " + commit));
        outside.builder().request(repository, view.id().branch(), details);
      }
      asked = machine.apply(build.value(), new BuildEvent.Requested(), now);
    } catch (CiteException e) {
      String why = "build could not be requested: " + e.getMessage();
      if (e instanceof Upstream upstream && upstream.isRetryable()) {
        again = upstream;
        asked = machine.apply(build.value(), new BuildEvent.RequestFailed(why), now);
      } else {
        asked = machine.apply(build.value(), new BuildEvent.Errored(0, why), now);
      }
    }
    EnvironmentState state = view.state().value();
    String attention =
        asked.state() == BuildState.QUEUED && asked.requested() ? null : asked.cause();
    Records.Write write = records.write().replace(build, asked);
    if (!java.util.Objects.equals(state.attention(), attention)) {
      write.replace(view.state(), state.withAttention(attention));
    }
    if (arrived) {
      write.put(
          Keys.look(view.id(), commit),
          new Bookkeeping.Look(view.id(), commit, false, "the builder has begun", now));
    }
    news.of(write, view.service().value(), asked, now);
    write.commitOrLookAgain();
    if (again != null) {
      throw again;
    }
  }
}

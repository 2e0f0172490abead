package io.cite.core.engine.sweep;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.BranchHead;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.repository.RepositoryIdentity;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.HeadAnswer;
import io.cite.core.port.source.Repositories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares branch heads with builds. The environments are checked a few at a time, in turns that
 * take longer the more there are; an unchanged head costs the host nothing, and those that do cost
 * are rationed. What was seen is stored, so that another leader does not have to ask for it again.
 */
final class HeadSweep {
  private static final int AT_ONCE = 40;
  private static final int OVERDRAFT = 20;
  private static final int SLICE = 20;
  private static final Duration EACH = Duration.ofMillis(300);
  private static final Duration ABSENT_PAUSE = Duration.ofMinutes(30);

  private final Records records;
  private final Repositories repositories;
  private final RepositoryIdentity identity;
  private final InstantSource clock;
  private final SweepSettings settings;
  private final RequestBudget budget;
  private final Consumer<RepositoryName> unreported;
  private final Deque<EnvironmentId> turn = new ArrayDeque<>();
  private final Map<EnvironmentId, Instant> notBefore = new HashMap<>();
  private Duration share = Duration.ZERO;

  /**
   * A sweep.
   *
   * @param unreported takes the repository of a head that no webhook reported
   */
  HeadSweep(
      Records records,
      Repositories repositories,
      RepositoryIdentity identity,
      InstantSource clock,
      SweepSettings settings,
      Consumer<RepositoryName> unreported) {
    this.unreported = unreported;
    this.records = records;
    this.repositories = repositories;
    this.identity = identity;
    this.clock = clock;
    this.settings = settings;
    this.budget = new RequestBudget(clock, settings.sweepRequests(), AT_ONCE);
  }

  /** Checks some environments; says when the next ones are due. */
  Duration round() {
    if (turn.isEmpty()) {
      begin();
    }
    int checked = 0;
    while (checked < SLICE && !turn.isEmpty()) {
      Duration pause = budget.pause(OVERDRAFT);
      if (!pause.isZero()) {
        return pause;
      }
      EnvironmentId id = turn.remove();
      records.get(Keys.environmentState(id)).ifPresent(this::check);
      checked++;
    }
    return checked == 0 ? settings.sweepInterval() : share.multipliedBy(checked);
  }

  private void begin() {
    records.list(Keys.ENVIRONMENTS).forEach(stored -> turn.add(stored.value().id()));
    notBefore.keySet().retainAll(List.copyOf(turn));
    if (!turn.isEmpty()) {
      Duration whole = EACH.multipliedBy(turn.size());
      Duration wanted = settings.sweepInterval();
      share = (whole.compareTo(wanted) > 0 ? whole : wanted).dividedBy(turn.size());
    }
  }

  private void check(Versioned<EnvironmentState> stored) {
    EnvironmentId id = stored.value().id();
    Optional<Versioned<ServiceSettings>> service = records.get(Keys.service(id.service()));
    if (service.isEmpty() || stored.value().deleting()) {
      return;
    }
    List<Build> builds = records.list(Keys.buildsOf(id)).stream().map(Versioned::value).toList();
    for (Build build : builds) {
      if (!build.state().isFinal()) {
        checkAgain(id, build.commit());
      }
    }
    Optional<Versioned<BranchHead>> known = records.get(Keys.head(id));
    ask(service.get().value(), id, known.map(head -> head.value().etag()).orElse(null))
        .ifPresent(answer -> compare(stored, service.get().value(), builds, known, answer));
  }

  private Optional<HeadAnswer> ask(
      ServiceSettings service, EnvironmentId id, @Nullable String etag) {
    Instant now = clock.instant();
    boolean costs = etag == null;
    if (now.isBefore(notBefore.getOrDefault(id, Instant.MIN)) || (costs && !budget.isLeft())) {
      return Optional.empty();
    }
    HeadAnswer answer;
    try {
      answer = repositories.headSince(service.repository(), id.branch(), etag);
    } catch (CiteException e) {
      budget.spend();
      if (e instanceof Upstream upstream && upstream.retryAfter().isPresent()) {
        throw e;
      }
      if (!(e instanceof Upstream upstream && upstream.isRetryable())) {
        notBefore.put(id, now.plus(ABSENT_PAUSE.dividedBy(6)));
      }
      return Optional.empty();
    }
    if (!answer.unchanged()) {
      budget.spend();
      if (answer.head() == null) {
        notBefore.put(id, now.plus(ABSENT_PAUSE));
      }
    }
    return Optional.of(answer);
  }

  private void compare(
      Versioned<EnvironmentState> stored,
      ServiceSettings service,
      List<Build> builds,
      Optional<Versioned<BranchHead>> known,
      HeadAnswer answer) {
    EnvironmentState state = stored.value();
    EnvironmentId id = state.id();
    @Nullable CommitId before = known.map(head -> head.value().commit()).orElse(null);
    @Nullable CommitId head = answer.unchanged() ? before : answer.head();
    BranchHead seen = new BranchHead(id, answer.etag(), head);
    boolean isNew = !answer.unchanged() && !seen.equals(known.map(Versioned::value).orElse(null));
    Records.Write write = records.write();
    if (isNew) {
      write.put(Keys.head(id), seen);
    }
    boolean deleted = head == null && !state.branchDeleted() && !answer.unchanged();
    boolean unbuilt = head != null && head.equals(before) && !head.equals(state.head());
    boolean toBuild = unbuilt && head != null && !isBuilt(builds, head);
    if ((deleted || toBuild) && !isSame(service, id)) {
      return;
    }
    if (deleted) {
      write.replace(stored, state.withBranchDeleted());
    } else if (head != null && isBuilt(builds, head) && !head.equals(state.head())) {
      write.replace(stored, state.withHead(head));
    } else if (unbuilt && head != null) {
      open(write, stored, head);
      unreported.accept(service.repository());
    } else if (isNew) {
      // a new head's webhook may be on the way: the next turn will tell
      write.require(stored);
    }
    if (!write.isEmpty()) {
      write.commit();
    }
  }

  /** Whether the branch is one of the service's repository: its name may have another one now. */
  private boolean isSame(ServiceSettings service, EnvironmentId id) {
    budget.spend();
    RepositoryIdentity.Found found = RepositoryIdentity.Found.ANOTHER;
    try {
      found = identity.compare(service);
    } catch (NotFound e) {
      // it was deleted just now
    }
    if (found == RepositoryIdentity.Found.ANOTHER) {
      notBefore.put(id, clock.instant().plus(ABSENT_PAUSE));
    }
    return found == RepositoryIdentity.Found.SAME;
  }

  private static boolean isBuilt(List<Build> builds, CommitId head) {
    return builds.stream().anyMatch(build -> build.commit().equals(head));
  }

  private void open(Records.Write write, Versioned<EnvironmentState> stored, CommitId head) {
    EnvironmentId id = stored.value().id();
    EnvironmentState next = stored.value().nextBuild().withHead(head).withAttention(null);
    Instant now = clock.instant();
    Build found =
        Build.queued(
            id,
            next.lastBuild(),
            head,
            BuildOrigin.SWEEP,
            "found by sweep",
            0,
            now,
            now.plus(settings.buildTimeout()));
    write.replace(stored, next).create(Keys.build(id, next.lastBuild()), found);
  }

  private void checkAgain(EnvironmentId id, CommitId commit) {
    if (records.get(Keys.check(id, commit)).isEmpty()) {
      records
          .write()
          .create(
              Keys.check(id, commit),
              new CommitCheck(
                  id, commit, false, "found by sweep: the build has no result", clock.instant()))
          .commit();
    }
  }
}

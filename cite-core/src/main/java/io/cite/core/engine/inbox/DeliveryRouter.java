package io.cite.core.engine.inbox;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.domain.source.Triage;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.port.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns deliveries into checks: notes, for each environment that one may concern, which commit to
 * check. What a delivery says is not believed. One of these serves deliveries that were all stored
 * before it was made: what it has read of services it does not read again.
 */
final class DeliveryRouter {
  private final Records records;
  private final InstantSource clock;
  private final String statusContext;
  private final Consumer<RepositoryName> moved;
  private final Map<RepositoryName, List<ServiceLink>> links = new HashMap<>();
  private @Nullable Map<Long, RepositoryName> names;
  private final Map<ServiceId, List<EnvironmentId>> environments = new HashMap<>();

  /**
   * A router.
   *
   * @param moved takes the known name of each repository that an event names otherwise
   */
  DeliveryRouter(
      Records records, InstantSource clock, String statusContext, Consumer<RepositoryName> moved) {
    this.moved = moved;
    this.records = records;
    this.clock = clock;
    this.statusContext = statusContext;
  }

  /** What becomes of the delivery once this is written. */
  Disposition route(Records.Write write, Delivery delivery) {
    if (delivery.disposition().isFinal()) {
      return delivery.disposition();
    }
    SourceEvent content = delivery.content();
    Optional<Disposition> settled = Triage.settle(content, statusContext);
    if (settled.isPresent()) {
      return settled.get();
    }
    if (content instanceof SourceEvent.StatusChanged e) {
      return status(write, e);
    }
    if (content instanceof SourceEvent.Renamed e) {
      return renamed(e);
    }
    if (content instanceof SourceEvent.Pushed e) {
      CommitId after = e.after();
      return after == null
          ? gone(write, e.repository(), e.repositoryId(), e.branch())
          : checks(
              write,
              e.repository(),
              e.repositoryId(),
              after,
              true,
              e.pusher(),
              e.sameDockerfileAs(),
              (id, commit) -> id.branch().equals(e.branch()),
              "no environment for branch " + e.branch());
    }
    SourceEvent.BranchDeleted e = (SourceEvent.BranchDeleted) content;
    return gone(write, e.repository(), e.repositoryId(), e.branch());
  }

  /**
   * Whether somebody may ask what became of it: not where no service is made from the repository.
   */
  boolean isRelated(Delivery settled) {
    RepositoryName repository = settled.repository();
    return settled.disposition().kind() != Disposition.Kind.IGNORED
        || repository != null && !links.computeIfAbsent(repository, this::linksOf).isEmpty();
  }

  private Disposition status(Records.Write write, SourceEvent.StatusChanged e) {
    return checks(
        write,
        e.repository(),
        e.repositoryId(),
        e.commit(),
        false,
        null,
        null,
        (id, commit) -> e.branches().contains(id.branch()) || hasBuildOf(id, commit),
        "commit " + e.commit().abbreviated() + " belongs to no environment");
  }

  private boolean hasBuildOf(EnvironmentId id, CommitId commit) {
    return records.list(Keys.buildsOf(id)).stream()
        .anyMatch(build -> build.value().commit().equals(commit));
  }

  private Disposition checks(
      Records.Write write,
      RepositoryName repository,
      long repositoryId,
      CommitId commit,
      boolean pushed,
      @Nullable String by,
      @Nullable CommitId sameDockerfileAs,
      BiPredicate<EnvironmentId, CommitId> concerned,
      String otherwise) {
    List<EnvironmentId> candidates = environmentsOf(write, repository, repositoryId);
    List<String> checked = new ArrayList<>();
    for (EnvironmentId id : candidates) {
      if (concerned.test(id, commit)) {
        write.put(Keys.check(id, commit), check(id, commit, pushed, by, sameDockerfileAs));
        checked.add(id.branch().value());
      }
    }
    if (!checked.isEmpty()) {
      return Disposition.applied(received(pushed, commit, checked));
    }
    return Disposition.ignored(
        candidates.isEmpty() ? nothingOf(repository, repositoryId) : otherwise);
  }

  /** Why a repository with this number concerns no service. */
  private String nothingOf(RepositoryName repository, long repositoryId) {
    return linksOf(repository, repositoryId).stream()
        .filter(link -> link.repositoryId() != repositoryId)
        .findFirst()
        .map(
            link ->
                "%s is another repository now: its number is %d, and %s was created from %d"
                    .formatted(repository, repositoryId, link.service(), link.repositoryId()))
        .orElse("no service of " + repository);
  }

  private Disposition renamed(SourceEvent.Renamed e) {
    RepositoryName known = names().get(e.repositoryId());
    if (known == null) {
      return Disposition.ignored("no service of " + e.repository());
    }
    if (!known.sameAs(e.repository())) {
      moved.accept(known);
    }
    return Disposition.applied(known + " was " + e.action() + ": it is " + e.repository() + " now");
  }

  private static String received(boolean pushed, CommitId commit, List<String> branches) {
    String where = String.join(", ", branches);
    return pushed
        ? "The push of " + commit.abbreviated() + " to " + where + " was received."
        : "The status of " + commit.abbreviated() + " on " + where + " was received.";
  }

  /** A status must not hide that the same commit was also pushed and not checked yet. */
  private CommitCheck check(
      EnvironmentId id,
      CommitId commit,
      boolean pushed,
      @Nullable String by,
      @Nullable CommitId sameDockerfileAs) {
    Optional<CommitCheck> push =
        pushed
            ? Optional.empty()
            : records.get(Keys.check(id, commit)).map(Versioned::value).filter(CommitCheck::pushed);
    return new CommitCheck(
        id,
        commit,
        pushed || push.isPresent(),
        pushed ? "a push" : "a commit status",
        clock.instant(),
        push.map(CommitCheck::by).orElse(by),
        push.map(CommitCheck::sameDockerfileAs).orElse(sameDockerfileAs));
  }

  private Disposition gone(
      Records.Write write, RepositoryName repository, long repositoryId, BranchName branch) {
    for (EnvironmentId id : environmentsOf(write, repository, repositoryId)) {
      if (id.branch().equals(branch)) {
        Versioned<EnvironmentState> state =
            records.get(Keys.environmentState(id)).orElseThrow(StaleRead::new);
        write.replace(state, state.value().withBranchDeleted());
        boolean removed =
            records
                .get(Keys.service(id.service()))
                .flatMap(
                    service ->
                        records
                            .get(Keys.environment(id))
                            .map(e -> service.value().removesWithBranch(e.value())))
                .orElse(false);
        return Disposition.applied(
            "branch "
                + branch
                + " was deleted; the environment is "
                + (removed ? "deleted once GitHub confirms it" : "kept"));
      }
    }
    return Disposition.ignored("no environment for deleted branch " + branch);
  }

  private List<EnvironmentId> environmentsOf(
      Records.Write write, RepositoryName repository, long repositoryId) {
    List<EnvironmentId> ids = new ArrayList<>();
    for (ServiceLink link : linksOf(repository, repositoryId)) {
      if (link.repositoryId() != repositoryId) {
        moved.accept(repository);
        write.audit(
            new AuditEntry(
                clock.instant(),
                "github",
                AuditAction.DELIVERY_REFUSE,
                repository.toString(),
                AuditEntry.Outcome.DENIED,
                "repository id " + repositoryId + " is not that of the service"));
        continue;
      }
      ids.addAll(environments.computeIfAbsent(link.service(), this::environmentsOf));
    }
    return ids;
  }

  /**
   * The services that are made from a repository: by its number, if an event names it otherwise
   * than CITE does; else by its name, whose number may be another one.
   */
  private List<ServiceLink> linksOf(RepositoryName repository, long repositoryId) {
    List<ServiceLink> named = links.computeIfAbsent(repository, this::linksOf);
    if (named.stream().anyMatch(link -> link.repositoryId() == repositoryId)) {
      return named;
    }
    RepositoryName known = names().get(repositoryId);
    if (known == null || known.sameAs(repository)) {
      return named;
    }
    moved.accept(known);
    return links.computeIfAbsent(known, this::linksOf).stream()
        .filter(link -> link.repositoryId() == repositoryId)
        .toList();
  }

  /** The names of the repositories that services are made from, by their numbers. */
  private Map<Long, RepositoryName> names() {
    Map<Long, RepositoryName> known = names;
    if (known == null) {
      known = new HashMap<>();
      for (Versioned<RepositoryRecord> stored : records.list(Keys.REPOSITORIES)) {
        known.put(stored.value().id(), stored.value().repository());
      }
      names = known;
    }
    return known;
  }

  private List<ServiceLink> linksOf(RepositoryName repository) {
    return records.list(Keys.linksOf(repository)).stream().map(Versioned::value).toList();
  }

  private List<EnvironmentId> environmentsOf(ServiceId service) {
    return records.list(Keys.environmentsOf(service)).stream()
        .map(environment -> environment.value().id())
        .toList();
  }
}

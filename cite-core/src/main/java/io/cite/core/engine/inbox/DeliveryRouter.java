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
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.port.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Turns deliveries into checks: notes, for each environment that one may concern, which commit to
 * check. What a delivery says is not believed. One of these serves deliveries that were all stored
 * before it was made: what it has read of services it does not read again.
 */
final class DeliveryRouter {
  private final Records records;
  private final InstantSource clock;
  private final String statusContext;
  private final Map<RepositoryName, List<ServiceLink>> links = new HashMap<>();
  private final Map<ServiceId, List<EnvironmentId>> environments = new HashMap<>();

  DeliveryRouter(Records records, InstantSource clock, String statusContext) {
    this.records = records;
    this.clock = clock;
    this.statusContext = statusContext;
  }

  /** What becomes of the delivery once this is written. */
  Disposition route(Records.Write write, Delivery delivery) {
    SourceEvent content = delivery.content();
    Optional<Disposition> settled = Triage.settle(content, statusContext);
    if (settled.isPresent()) {
      return settled.get();
    }
    if (content instanceof SourceEvent.StatusChanged e) {
      return status(write, e);
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
              (id, commit) -> id.branch().equals(e.branch()),
              "no environment for branch " + e.branch());
    }
    SourceEvent.BranchDeleted e = (SourceEvent.BranchDeleted) content;
    return gone(write, e.repository(), e.repositoryId(), e.branch());
  }

  private Disposition status(Records.Write write, SourceEvent.StatusChanged e) {
    return checks(
        write,
        e.repository(),
        e.repositoryId(),
        e.commit(),
        false,
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
      BiPredicate<EnvironmentId, CommitId> concerned,
      String otherwise) {
    List<EnvironmentId> candidates = environmentsOf(write, repository, repositoryId);
    List<String> checked = new ArrayList<>();
    for (EnvironmentId id : candidates) {
      if (concerned.test(id, commit)) {
        String why = pushed ? "a push" : "a commit status";
        write.put(
            Keys.check(id, commit),
            new CommitCheck(id, commit, pushed || isPushNoted(id, commit), why, clock.instant()));
        checked.add(id.branch().value());
      }
    }
    if (!checked.isEmpty()) {
      return Disposition.applied(received(pushed, commit, checked));
    }
    return Disposition.ignored(candidates.isEmpty() ? "no service of " + repository : otherwise);
  }

  private static String received(boolean pushed, CommitId commit, List<String> branches) {
    String where = String.join(", ", branches);
    return pushed
        ? "The push of " + commit.abbreviated() + " to " + where + " was received."
        : "The status of " + commit.abbreviated() + " on " + where + " was received.";
  }

  /** A status must not hide that the same commit was also pushed and not checked yet. */
  private boolean isPushNoted(EnvironmentId id, CommitId commit) {
    return records.get(Keys.check(id, commit)).map(check -> check.value().pushed()).orElse(false);
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
    for (ServiceLink link : links.computeIfAbsent(repository, this::linksOf)) {
      if (link.repositoryId() != repositoryId) {
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

  private List<ServiceLink> linksOf(RepositoryName repository) {
    return records.list(Keys.linksOf(repository)).stream().map(Versioned::value).toList();
  }

  private List<EnvironmentId> environmentsOf(ServiceId service) {
    return records.list(Keys.environmentsOf(service)).stream()
        .map(environment -> environment.value().id())
        .toList();
  }
}

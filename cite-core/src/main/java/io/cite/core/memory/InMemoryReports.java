package io.cite.core.memory;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Statuses and deployments of {@link InMemorySourceHost}, under its lock; hooks are called outside
 * of it.
 */
final class InMemoryReports implements Reports {
  private static final int LONGEST_DESCRIPTION = 140;

  private final InMemorySourceHost host;
  private final InstantSource clock;

  InMemoryReports(InMemorySourceHost host, InstantSource clock) {
    this.host = host;
    this.clock = clock;
  }

  @Override
  public List<CommitStatus> statuses(RepositoryName repository, CommitId commit, String context) {
    synchronized (host) {
      return host.find(repository).statuses.getOrDefault(commit, List.of()).stream()
          .filter(status -> status.context().equals(context))
          .toList();
    }
  }

  @Override
  public void reportStatus(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl) {
    InMemoryRepository found;
    CommitStatus status;
    List<BranchName> branches;
    synchronized (host) {
      found = host.find(repository);
      status =
          new CommitStatus(
              host.nextId(), state, context, cut(description), targetUrl, clock.instant());
      found.statuses.computeIfAbsent(commit, key -> new ArrayList<>()).add(status);
      branches = found.branchesWith(commit);
    }
    host.deliver(
        found,
        "status",
        new SourceEvent.StatusChanged(
            found.name, found.id, commit, status.id(), state, context, branches));
  }

  private static String cut(String text) {
    boolean fits = text.codePointCount(0, text.length()) <= LONGEST_DESCRIPTION;
    return fits ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_DESCRIPTION));
  }

  @Override
  public List<Long> findDeployments(
      RepositoryName repository, CommitId commit, String environment, SagaId sagaId) {
    synchronized (host) {
      return host.find(repository).deployments.entrySet().stream()
          .filter(entry -> entry.getValue().isOf(commit, environment, sagaId))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  @Override
  public long announce(
      RepositoryName repository,
      CommitId commit,
      String environment,
      SagaId sagaId,
      String description) {
    synchronized (host) {
      InMemoryRepository found = host.find(repository);
      if (!found.commits.containsKey(commit)) {
        throw new NotFound(ErrorCode.COMMIT_NOT_FOUND, "There is no commit " + commit);
      }
      long id = host.nextId();
      found.deployments.put(
          id, new InMemoryRepository.Announcement(commit, environment, sagaId, new ArrayList<>()));
      return id;
    }
  }

  @Override
  public void reportDeployment(
      RepositoryName repository,
      long deploymentId,
      ReportedState state,
      String description,
      @Nullable String url) {
    synchronized (host) {
      InMemoryRepository.Announcement announcement =
          host.find(repository).deployments.get(deploymentId);
      if (announcement == null) {
        throw new NotFound("There is no deployment " + deploymentId);
      }
      announcement.reports().add(state);
    }
  }
}

package io.cite.core.port.source;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host shows at commits: statuses and deployments. {@link SourceHost} says what holds for
 * all roles.
 */
public interface Reports {
  /** The statuses of a commit in one context, oldest first. */
  List<CommitStatus> statuses(RepositoryName repository, CommitId commit, String context);

  /** Adds a status to a commit; the description is cut to 140 characters. */
  void reportStatus(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl);

  /**
   * The deployments that earlier calls of {@link #announce} made for this saga, oldest first: one
   * at most, unless two processes called it at once.
   */
  List<Long> findDeployments(
      RepositoryName repository, CommitId commit, String environment, SagaId sagaId);

  /**
   * Makes a deployment: ref is the commit, nothing is merged, no status is required.
   *
   * @param environment {@code {service}/{branch}}
   * @param sagaId kept in the payload, for {@link #findDeployments}
   * @return the host's number for it
   */
  long announce(
      RepositoryName repository,
      CommitId commit,
      String environment,
      SagaId sagaId,
      String description);

  /**
   * Tells the deployment's state; success makes earlier deployments of the environment inactive.
   *
   * @param state one of pending, success, failure, inactive
   * @param url where the environment can be visited; null if there is no such place
   */
  void reportDeployment(
      RepositoryName repository,
      long deploymentId,
      ReportedState state,
      String description,
      @Nullable String url);
}

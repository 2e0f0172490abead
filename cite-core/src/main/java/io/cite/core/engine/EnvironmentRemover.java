package io.cite.core.engine;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import java.util.List;

/** Takes an environment away: from the cluster, from the source host's page, from the store. */
final class EnvironmentRemover {
  /** What the source host is told of the deployments of an environment that is gone. */
  static final String DELETED = "the environment was deleted";

  private static final int BATCH = 50;

  private final Records records;
  private final Outside outside;

  EnvironmentRemover(Records records, Outside outside) {
    this.records = records;
    this.outside = outside;
  }

  /** Removes the environment; repeating it after a failure goes on where it stopped. */
  void remove(EnvironmentId id, RepositoryName repository) {
    outside.cluster().removeEnvironment(id);
    for (Stored<Deployment> deployment : records.list(Keys.deploymentsOf(id))) {
      deactivate(repository, deployment.value());
    }
    removeAll(records.list(Keys.deploymentsOf(id)));
    removeAll(records.list(Keys.buildsOf(id)));
    removeAll(records.list(Keys.looksOf(id)));
    records
        .write()
        .remove(Keys.environment(id))
        .remove(Keys.environmentState(id))
        .remove(Keys.name(id))
        .remove(Keys.head(id))
        .commitOrLookAgain();
  }

  /**
   * Shows a deployment as gone; one that may have been announced without a record is looked for.
   */
  private void deactivate(RepositoryName repository, Deployment deployment) {
    boolean shown =
        deployment.state().isUnderWay()
            || deployment.state() == DeploymentState.LIVE
            || deployment.owesReport()
            || deployment.recheckAt() != null;
    if (!shown) {
      return;
    }
    try {
      for (Long announced : announced(repository, deployment)) {
        outside
            .source()
            .reportDeployment(repository, announced, ReportedState.INACTIVE, DELETED, null);
      }
    } catch (NotFound e) {
      // the repository is gone, and its page with it
    } catch (Upstream e) {
      if (e.isRetryable()) {
        throw e;
      }
    }
  }

  private List<Long> announced(RepositoryName repository, Deployment deployment) {
    Long known = deployment.githubId();
    return known != null && deployment.recheckAt() == null
        ? List.of(known)
        : outside
            .source()
            .findDeployments(
                repository,
                deployment.commit(),
                DeploymentReporter.environment(deployment.environment()),
                deployment.sagaId());
  }

  private <T extends Record> void removeAll(List<Stored<T>> found) {
    for (int from = 0; from < found.size(); from += BATCH) {
      Records.Write write = records.write();
      found
          .subList(from, Math.min(from + BATCH, found.size()))
          .forEach(stored -> write.remove(stored.key()));
      write.commitOrLookAgain();
    }
  }
}

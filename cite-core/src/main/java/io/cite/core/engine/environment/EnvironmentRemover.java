package io.cite.core.engine.environment;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.rollout.DeploymentReporter;
import io.cite.core.error.CiteException;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.ClusterObjects;
import io.cite.core.port.source.Reports;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Deletes an environment: from the cluster, from the source host's page, from the store. */
public final class EnvironmentRemover {
  /** What is reported to the source host of the deployments of an environment that is gone. */
  private static final int BATCH = 40;

  private final Records records;
  private final Reports reports;
  private final ClusterObjects objects;

  public EnvironmentRemover(Records records, Reports reports, ClusterObjects objects) {
    this.records = records;
    this.reports = reports;
    this.objects = objects;
  }

  /**
   * Removes the environment; repeating it after a failure goes on where it stopped. Whatever adds a
   * build or a deployment writes the state, too: if that happened meanwhile, nothing of it stays
   * behind, because the state goes last and only as it was read first. For whoever works on the
   * environment, so that nothing is done in the cluster meanwhile.
   */
  void remove(Versioned<EnvironmentState> state, RepositoryName repository) {
    EnvironmentId id = state.value().id();
    try {
      objects.removeAllOf(id);
      for (Versioned<Deployment> deployment : records.list(Keys.deploymentsOf(id))) {
        deactivate(repository, deployment.value());
      }
    } catch (CiteException e) {
      noteTrouble(state, e);
      throw e;
    }
    removeAll(records.list(Keys.deploymentsOf(id)), records::write);
    removeAll(records.list(Keys.buildsOf(id)), records::write);
    removeAll(records.list(Keys.checksOf(id)), records::write);
    records
        .write()
        .remove(Keys.environment(id))
        .delete(state)
        .remove(Keys.name(id))
        .remove(Keys.head(id))
        .commitOrRetry();
  }

  /** Deletes the checks that deliveries asked for while the environment went. */
  void forgetChecks(EnvironmentId gone) {
    removeAll(
        records.list(Keys.checksOf(gone)),
        () -> records.write().requireAbsent(Keys.environmentState(gone)));
  }

  /** Shows why it takes so long: at the service, if that is to go as a whole. */
  private void noteTrouble(Versioned<EnvironmentState> state, CiteException trouble) {
    String why = trouble.getMessage();
    Records.Write write = records.write();
    Optional<Versioned<ServiceRecord>> service =
        records
            .get(Keys.serviceRecord(state.value().id().service()))
            .filter(s -> s.value().state() == ServiceState.DELETING);
    if (service.isPresent()) {
      replaceIfChanged(write, service.get(), service.get().value().in(ServiceState.DELETING, why));
    } else {
      replaceIfChanged(write, state, state.value().withAttention(why));
    }
    if (!write.isEmpty()) {
      write.commitOrRetry();
    }
  }

  private static <T extends Record> void replaceIfChanged(
      Records.Write write, Versioned<T> stored, T changed) {
    if (!changed.equals(stored.value())) {
      write.replace(stored, changed);
    }
  }

  /**
   * Shows a deployment as gone; one that may have been announced without a record is looked for.
   */
  private void deactivate(RepositoryName repository, Deployment deployment) {
    boolean shown =
        deployment.state().isUnderWay()
            || deployment.state() == DeploymentState.LIVE
            || deployment.isReportPending()
            || deployment.deadlines().recheck() != null;
    if (!shown) {
      return;
    }
    try {
      for (Long announced : announced(repository, deployment)) {
        reports.reportDeployment(
            repository,
            announced,
            ReportedState.INACTIVE,
            DeploymentReporter.ENVIRONMENT_DELETED,
            null);
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
    Long known = deployment.host().githubId();
    return known != null && deployment.deadlines().recheck() == null
        ? List.of(known)
        : reports.findDeployments(
            repository,
            deployment.commit(),
            DeploymentReporter.environment(deployment.environment()),
            deployment.sagaId());
  }

  private static <T extends Record> void removeAll(
      List<Versioned<T>> found, Supplier<Records.Write> begin) {
    for (int from = 0; from < found.size(); from += BATCH) {
      Records.Write write = begin.get();
      found
          .subList(from, Math.min(from + BATCH, found.size()))
          .forEach(stored -> write.remove(stored.key()));
      write.commitOrRetry();
    }
  }
}

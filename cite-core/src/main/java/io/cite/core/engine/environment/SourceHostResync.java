package io.cite.core.engine.environment;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.rollout.DeploymentReporter;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Reports;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes sure of what the source host has of a deployment that several leaders worked on. A leader
 * that was paused in the very moment of telling the host something does so when it goes on, though
 * another one has reported more since: the host takes everything. The former leader puts that
 * right, unless it ends before it can. Therefore such a deployment is checked once more when its
 * deadline has passed: what it has twice is made inactive, and its state is reported again.
 */
public final class SourceHostResync implements EnvironmentStep {
  private final Records records;
  private final Reports reports;
  private final InstantSource clock;
  private final DeploymentReporter reporter;

  public SourceHostResync(
      Records records, Reports reports, InstantSource clock, DeploymentReporter reporter) {
    this.records = records;
    this.reports = reports;
    this.clock = clock;
    this.reporter = reporter;
  }

  /** Checks one deployment again; false if it is not time for any. */
  @Override
  public boolean step(EnvironmentSnapshot view) {
    Instant now = clock.instant();
    Optional<Versioned<Deployment>> due =
        view.deployments().stream()
            .filter(
                d ->
                    d.value().deadlines().recheck() != null
                        && !now.isBefore(d.value().deadlines().recheck()))
            .findFirst();
    if (due.isEmpty()) {
      return false;
    }
    Deployment d = due.get().value();
    try {
      d = tellAgain(view.service().value().repository(), d);
    } catch (CiteException e) {
      if (e instanceof Upstream upstream && upstream.isRetryable()) {
        throw e;
      }
    }
    records
        .write()
        .replace(due.get(), DeploymentMachine.apply(d, new DeploymentEvent.Rechecked(), now))
        .commitOrRetry();
    return true;
  }

  private Deployment tellAgain(RepositoryName repository, Deployment d) {
    String environment = DeploymentReporter.environment(d.environment());
    for (Long id : reports.findDeployments(repository, d.commit(), environment, d.sagaId())) {
      if (!id.equals(d.host().githubId())) {
        String text = DeploymentReporter.madeTwice(d.host().githubId());
        reports.reportDeployment(repository, id, ReportedState.INACTIVE, text, null);
      }
    }
    if (d.host().githubId() == null
        || d.isReportPending()
        || d.host().reported() == ReportedState.UNDELIVERABLE) {
      return d;
    }
    // success, reported late, would make the host show it beside the newer one
    ReportedState state = d.state() == DeploymentState.RETIRED ? ReportedState.INACTIVE : d.due();
    reporter.tell(repository, d, d.host().githubId(), state);
    return DeploymentMachine.apply(d, new DeploymentEvent.Reported(state), clock.instant());
  }

  /** When a deployment is to be checked again; empty if none is. */
  @Override
  public Optional<Instant> nextDeadline(EnvironmentSnapshot view) {
    return view.deployments().stream()
        .map(d -> d.value().deadlines().recheck())
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }
}

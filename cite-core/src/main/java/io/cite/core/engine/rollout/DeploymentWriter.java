package io.cite.core.engine.rollout;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentEvent;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.port.InstantSource;
import java.time.Instant;

/** Writes down what happened to deployments: the record, the notice, and the audit entry. */
final class DeploymentWriter {
  private final Records records;
  private final InstantSource clock;
  private final Notices notices;

  DeploymentWriter(Records records, InstantSource clock, Notices notices) {
    this.records = records;
    this.clock = clock;
    this.notices = notices;
  }

  Instant now() {
    return clock.instant();
  }

  /** The deployment after an event of this moment. */
  Deployment after(Deployment d, DeploymentEvent event) {
    return DeploymentMachine.apply(d, event, now());
  }

  /** A write that is to be fenced by the term, as every write. */
  Records.Write write() {
    return records.write();
  }

  /** Stores a deployment, with the notice and the audit entry of a state that it came to. */
  void store(EnvironmentSnapshot view, Versioned<Deployment> stored, Deployment changed) {
    Records.Write write = write();
    replace(view, write, stored, changed);
    write.commitOrRetry();
  }

  /** Puts the same into a transaction. */
  void replace(
      EnvironmentSnapshot view,
      Records.Write write,
      Versioned<Deployment> stored,
      Deployment changed) {
    write.replace(stored, changed);
    boolean lostItsPods = changed.hasNoEndpoints() && !stored.value().hasNoEndpoints();
    if (changed.state() != stored.value().state() || lostItsPods) {
      notices.of(write, view.service().value(), changed, now());
      audit(write, stored.value(), changed);
    }
  }

  /** That a deployment went live or ended; it ends once, also when it had lost its pods before. */
  private void audit(Records.Write write, Deployment before, Deployment d) {
    if (before.hasNoEndpoints()) {
      return;
    }
    boolean failed = d.state() == DeploymentState.FAILED || d.hasNoEndpoints();
    switch (d.state()) {
      case REQUESTED, ANNOUNCED, ROLLING_OUT, READY, RETIRED -> {}
      case LIVE, FAILED, SUPERSEDED, CANCELLED ->
          write.audit(
              entry(
                  AuditAction.DEPLOYMENT_END,
                  d,
                  failed ? AuditEntry.Outcome.FAILED : AuditEntry.Outcome.DONE,
                  d.cause() == null ? "live" : d.cause()));
    }
  }

  AuditEntry entry(AuditAction action, Deployment d, AuditEntry.Outcome outcome, String detail) {
    return new AuditEntry(now(), "cite", action, d.environment() + "#" + d.seq(), outcome, detail);
  }
}

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
import io.cite.core.port.AuditTrail;
import io.cite.core.port.InstantSource;
import java.time.Instant;

/** Writes down what happened to deployments: the record, the notice, and the audit entry. */
final class DeploymentWriter {
  private final Records records;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Notices notices;

  DeploymentWriter(Records records, AuditTrail audit, InstantSource clock, Notices notices) {
    this.records = records;
    this.audit = audit;
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

  /** Stores a deployment, and queues the notice of a state that it came to. */
  void store(EnvironmentSnapshot view, Versioned<Deployment> stored, Deployment changed) {
    Records.Write write = write().replace(stored, changed);
    if (changed.state() != stored.value().state()) {
      notice(view, write, changed);
    }
    write.commitOrRetry();
  }

  /** Stores the event that ends a deployment. */
  void end(EnvironmentSnapshot view, Versioned<Deployment> stored, DeploymentEvent event) {
    Deployment ended = after(stored.value(), event);
    store(view, stored, ended);
    boolean failed = ended.state() == DeploymentState.FAILED;
    audit(
        AuditAction.DEPLOYMENT_END,
        ended,
        failed ? AuditEntry.Outcome.FAILED : AuditEntry.Outcome.DONE,
        String.valueOf(ended.cause()));
  }

  /** Queues the notice of a deployment's present state in the same transaction. */
  void notice(EnvironmentSnapshot view, Records.Write write, Deployment changed) {
    notices.of(write, view.service().value(), changed, now());
  }

  void audit(AuditAction action, Deployment d, AuditEntry.Outcome outcome, String detail) {
    audit.append(
        new AuditEntry(now(), "cite", action, d.environment() + "#" + d.seq(), outcome, detail));
  }
}

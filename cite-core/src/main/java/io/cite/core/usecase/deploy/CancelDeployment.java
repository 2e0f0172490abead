package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;

/**
 * Takes the order to stop a deployment before it is live. It may still become live if it is being
 * switched right now. Refused with {@link Conflict} once it is live or over.
 */
public final class CancelDeployment {
  private final Ports ports;
  private final Records records;

  /** The use case on these ports. */
  public CancelDeployment(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
  }

  /** Which deployment. */
  public record Command(Caller caller, EnvironmentId environment, long seq) {}

  /** Accepts the order. */
  public Deployment execute(Command command) {
    boolean audited = false;
    for (int attempt = 0; attempt < Environments.ATTEMPTS; attempt++) {
      Versioned<Deployment> stored =
          records
              .get(Keys.deployment(command.environment(), command.seq()))
              .orElseThrow(() -> new NotFound("There is no deployment " + command.seq()));
      if (!stored.value().state().isUnderWay()) {
        throw new Conflict(
            ErrorCode.WRONG_STATE,
            "Deployment " + command.seq() + " is " + stored.value().state() + " already");
      }
      if (!audited) {
        audited = true;
        ports
            .audit()
            .append(
                new AuditEntry(
                    ports.clock().instant(),
                    command.caller().name(),
                    AuditAction.DEPLOYMENT_CANCEL,
                    command.environment() + "#" + command.seq(),
                    AuditEntry.Outcome.ACCEPTED,
                    ""));
      }
      Deployment cancelled = stored.value().cancelRequested(command.caller().name());
      if (records.write().replace(stored, cancelled).commit()) {
        return cancelled;
      }
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED, "The deployment was changed at the same time. Try again.");
  }
}

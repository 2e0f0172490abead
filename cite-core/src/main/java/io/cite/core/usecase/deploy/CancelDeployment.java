package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.Environments;
import io.cite.core.engine.Keys;
import io.cite.core.engine.Outside;
import io.cite.core.engine.Records;
import io.cite.core.engine.Stored;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;

/**
 * Takes the order to stop a deployment before it is live. It may still become live if it is being
 * switched right now. Refused with {@link Conflict} once it is live or over.
 */
public final class CancelDeployment {
  private final Outside outside;
  private final Records records;

  /** The use case on these ports. */
  public CancelDeployment(Outside outside) {
    this.outside = outside;
    this.records = new Records(outside.store());
  }

  /** Which deployment. */
  public record Command(Caller caller, EnvironmentId environment, long seq) {}

  /** Accepts the order. */
  public Deployment execute(Command command) {
    boolean audited = false;
    for (int attempt = 0; attempt < Environments.ATTEMPTS; attempt++) {
      Stored<Deployment> stored =
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
        outside
            .audit()
            .append(
                new AuditEntry(
                    outside.clock().instant(),
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
    throw new Conflict(ErrorCode.CHANGED_MEANWHILE, "The deployment is changing quickly");
  }
}

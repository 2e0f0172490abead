package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to make an earlier deployment live again. It becomes a new deployment that uses
 * the earlier one's pods where they still run, so only the Service is switched. The environment is
 * pinned until somebody clears the pin, and the commit that was live does not deploy by itself
 * again. Refused with {@link Conflict} for a deployment that never was live or is live now.
 */
public final class ActivateDeployment {
  private final Ports ports;
  private final Records records;
  private final DeploymentOrder order;

  /** The use case on these ports. */
  public ActivateDeployment(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.order = new DeploymentOrder(records, settings);
  }

  /** Which deployment. */
  public record Command(Caller caller, EnvironmentId environment, long seq) {}

  /** Accepts the order. */
  public Deployment execute(Command command) {
    EnvironmentId id = command.environment();
    order.check(id);
    Deployment earlier =
        records
            .get(Keys.deployment(id, command.seq()))
            .map(Versioned::value)
            .orElseThrow(
                () ->
                    new NotFound("The environment " + id + " has no deployment " + command.seq()));
    if (earlier.state() != DeploymentState.RETIRED) {
      throw new Conflict(
          ErrorCode.WRONG_STATE,
          earlier.state() == DeploymentState.LIVE
              ? "Deployment " + earlier.seq() + " is live already."
              : "Deployment "
                  + earlier.seq()
                  + " was never live. Choose a deployment that was live before.");
    }
    Instant now = ports.clock().instant();
    ports
        .audit()
        .append(
            new AuditEntry(
                now,
                command.caller().name(),
                AuditAction.DEPLOYMENT_ACTIVATE,
                id + "#" + earlier.seq(),
                AuditEntry.Outcome.ACCEPTED,
                "commit " + earlier.commit()));
    return order.place(
        id,
        earlier.commit(),
        earlier.image(),
        Origin.ROLLBACK,
        command.caller().name(),
        earlier.build(),
        earlier.rolloutSeq(),
        now,
        (state, write) -> {
          @Nullable Long live = state.live();
          @Nullable CommitId left =
              live == null
                  ? null
                  : records
                      .get(Keys.deployment(id, live))
                      .map(stored -> stored.value().commit())
                      .filter(commit -> !commit.equals(earlier.commit()))
                      .orElse(null);
          return state.pinned(command.caller().name(), left);
        });
  }
}

package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.DeploymentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;

/**
 * Takes the order to stop a deployment before it is live. It may still become live if it is being
 * switched right now. Refused with {@link Conflict} once it is live or over.
 */
public final class CancelDeployment {
  private final Commands commands;
  private final DeploymentStore deployments;

  /** The use case on these stores. */
  public CancelDeployment(Commands commands, DeploymentStore deployments) {
    this.commands = commands;
    this.deployments = deployments;
  }

  /** Which deployment. */
  public record Command(Caller caller, EnvironmentId environment, long seq) {}

  /** Accepts the order. */
  public Deployment execute(Command command) {
    EnvironmentId id = command.environment();
    return commands.execute(
        Order.of(command.caller(), AuditAction.DEPLOYMENT_CANCEL, id, command.seq()),
        (transaction, now) -> {
          Revisioned<Deployment> stored = deployments.get(id, command.seq());
          if (!stored.value().state().isUnderWay()) {
            throw new Conflict(
                ErrorCode.WRONG_STATE,
                "Deployment " + command.seq() + " is " + stored.value().state() + " already");
          }
          Deployment cancelled = stored.value().cancelRequested(command.caller().name());
          transaction.replace(stored, cancelled);
          return Decision.of(cancelled);
        });
  }
}

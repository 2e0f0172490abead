package io.cite.core.usecase.deploy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.DeploymentStore;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to make an earlier deployment live again. It becomes a new deployment that uses
 * the earlier one's pods if they still run, so only the Service is switched. The environment is
 * pinned until somebody clears the pin, and the commit that was live does not deploy by itself
 * again. Refused with {@link Conflict} for a deployment that never was live or is live now.
 */
public final class ActivateDeployment {
  private final Commands commands;
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final DeploymentStore deployments;
  private final DeploymentOrder order;

  /** The use case on these stores. */
  public ActivateDeployment(
      Commands commands,
      ServiceStore services,
      EnvironmentStore environments,
      DeploymentStore deployments,
      DeploymentOrder order) {
    this.commands = commands;
    this.services = services;
    this.environments = environments;
    this.deployments = deployments;
    this.order = order;
  }

  /**
   * Which deployment.
   *
   * @param reason why, in words, for whoever finds the pin; null if nobody said
   */
  public record Command(
      Caller caller, EnvironmentId environment, long seq, @Nullable String reason) {
    private static final int LONGEST_REASON = 300;

    public Command {
      if (reason != null && (reason.isBlank() || reason.length() > LONGEST_REASON)) {
        throw new InvalidInput("The reason must have 1 to " + LONGEST_REASON + " characters.");
      }
    }

    /** An order without a reason. */
    public Command(Caller caller, EnvironmentId environment, long seq) {
      this(caller, environment, seq, null);
    }
  }

  /** Accepts the order. */
  public Deployment execute(Command command) {
    EnvironmentId id = command.environment();
    return commands.execute(
        Order.of(command.caller(), AuditAction.DEPLOYMENT_ACTIVATE, id, command.seq()),
        (transaction, now) -> {
          Revisioned<EnvironmentState> state = environments.state(id);
          Revisioned<Deployment> stored = deployments.get(id, command.seq());
          Deployment earlier = stored.value();
          if (earlier.state() != DeploymentState.RETIRED) {
            throw new Conflict(
                ErrorCode.WRONG_STATE,
                earlier.state() == DeploymentState.LIVE
                    ? "Deployment " + earlier.seq() + " is live already."
                    : "Deployment "
                        + earlier.seq()
                        + " was never live. Choose a deployment that was live before.");
          }
          transaction.require(stored);
          DeploymentOrder.Wanted wanted =
              new DeploymentOrder.Wanted(
                  earlier.commit(),
                  earlier.image(),
                  Origin.ROLLBACK,
                  command.caller().name(),
                  earlier.identity().build(),
                  earlier.rolloutSeq(),
                  earlier.portsOr(services.settings(id.service()).value().ports()),
                  command.reason());
          @Nullable CommitId left = left(state.value(), earlier.commit());
          return new Decision<>(
              order.place(
                  transaction,
                  state,
                  wanted,
                  next -> next.pinned(command.caller().name(), left, command.reason(), now),
                  now),
              "commit "
                  + earlier.commit()
                  + (command.reason() == null ? "" : ", because: " + command.reason()));
        });
  }

  /** The commit that is live now; null if that is the one to be deployed. */
  private @Nullable CommitId left(EnvironmentState state, CommitId wanted) {
    @Nullable Long live = state.live();
    return live == null
        ? null
        : deployments
            .find(state.id(), live)
            .map(stored -> stored.value().commit())
            .filter(commit -> !commit.equals(wanted))
            .orElse(null);
  }
}

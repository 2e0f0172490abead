package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import io.cite.core.usecase.SeenRevisions;

/**
 * Takes the order to delete an environment. Refused with {@link io.cite.core.error.NotFound}, and
 * {@link Conflict} for settings that the caller has not seen; the environment that a service was
 * created with goes only with the service.
 */
public final class DeleteEnvironment {
  private final Commands commands;
  private final ServiceStore services;
  private final EnvironmentStore environments;

  /** The use case on these stores. */
  public DeleteEnvironment(
      Commands commands, ServiceStore services, EnvironmentStore environments) {
    this.commands = commands;
    this.services = services;
    this.environments = environments;
  }

  /** Which environment, and which settings of it the caller has seen. */
  public record Command(Caller caller, EnvironmentId environment, SeenRevisions seen) {}

  /** Accepts the order; the engine carries it out. */
  public void execute(Command command) {
    EnvironmentId id = command.environment();
    commands.execute(
        Order.of(command.caller(), AuditAction.ENVIRONMENT_DELETE, id),
        (transaction, now) -> {
          if (services.settings(id.service()).value().branch().equals(id.branch())) {
            throw new Conflict(
                ErrorCode.WRONG_STATE,
                "The environment "
                    + id
                    + " is the one its service was created with; delete the service instead");
          }
          Revisioned<EnvironmentSettings> settings = environments.settings(id);
          command.seen().require(settings.revision());
          Revisioned<EnvironmentState> state = environments.state(id);
          transaction.require(settings).replace(state, state.value().deleted());
          return Decision.of(id);
        });
  }
}

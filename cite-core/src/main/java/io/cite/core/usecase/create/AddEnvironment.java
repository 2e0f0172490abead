package io.cite.core.usecase.create;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.BranchName;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.source.Repositories;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;

/**
 * Adds a branch of a service as an environment, with the service's settings. Refused with {@link
 * io.cite.core.error.NotFound} for an unknown service, {@link Conflict} if the branch has an
 * environment or the service is not ready, and as {@link SourceCheck} does for a branch that cannot
 * be built.
 */
public final class AddEnvironment {
  private final Commands commands;
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final Repositories repositories;
  private final Names names;

  /** The use case on these stores. */
  public AddEnvironment(
      Commands commands,
      ServiceStore services,
      EnvironmentStore environments,
      Repositories repositories,
      Names names) {
    this.commands = commands;
    this.services = services;
    this.environments = environments;
    this.repositories = repositories;
    this.names = names;
  }

  /** Which branch of which service. */
  public record Command(Caller caller, ServiceId service, BranchName branch) {}

  /**
   * Adds the environment; the engine makes its Kubernetes Service and copies the secrets, and
   * builds the branch if auto-deploy is on.
   */
  public EnvironmentSettings execute(Command command) {
    EnvironmentId id = new EnvironmentId(command.service(), command.branch());
    check(id);
    ServiceSettings service = services.settings(id.service()).value();
    SourceCheck.Found found =
        new SourceCheck(repositories)
            .find(command.caller(), service.repository(), command.branch(), service.ports());
    services.requireSame(service, found.repository());
    return commands.execute(
        Order.of(command.caller(), AuditAction.ENVIRONMENT_ADD, id),
        (transaction, now) -> {
          Revisioned<ServiceRecord> record = check(id);
          Revisioned<ServiceSettings> stored = services.settings(id.service());
          EnvironmentSettings environment = stored.value().environment(command.branch(), now);
          environments.create(
              transaction.require(record).require(stored),
              environment,
              EnvironmentState.added(id, command.caller().name()).withHead(found.head()));
          return Decision.of(environment);
        });
  }

  /** The record of the service, which takes the environment as far as the stores tell. */
  private Revisioned<ServiceRecord> check(EnvironmentId id) {
    Revisioned<ServiceRecord> record = services.get(id.service());
    if (!record.value().state().isUsable()) {
      throw new Conflict(
          ErrorCode.WRONG_STATE,
          "The service "
              + id.service()
              + " is "
              + record.value().state()
              + ". Try again when it is READY.");
    }
    if (environments.exists(id)) {
      throw new Conflict(
          "The service "
              + id.service()
              + " has an environment for the branch "
              + id.branch()
              + " already.");
    }
    names.checkEnvironment(id);
    return record;
  }
}

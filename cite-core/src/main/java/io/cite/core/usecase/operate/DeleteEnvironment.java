package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;

/**
 * Takes the order to delete an environment. Refused with {@link io.cite.core.error.NotFound}; the
 * environment that a service was created with goes only with the service.
 */
public final class DeleteEnvironment {
  private final Ports ports;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public DeleteEnvironment(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.environments = new Environments(records);
  }

  /** Which environment. */
  public record Command(Caller caller, EnvironmentId environment) {}

  /** Accepts the order; the engine carries it out. */
  public void execute(Command command) {
    EnvironmentId id = command.environment();
    if (environments.service(id.service()).value().branch().equals(id.branch())) {
      throw new Conflict(
          ErrorCode.WRONG_STATE,
          "The environment "
              + id
              + " is the one its service was created with; delete the service instead");
    }
    Versioned<EnvironmentState> state = environments.state(id);
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                command.caller().name(),
                AuditAction.ENVIRONMENT_DELETE,
                id.toString(),
                AuditEntry.Outcome.ACCEPTED,
                ""));
    for (int attempt = 0; attempt < Environments.ATTEMPTS; attempt++) {
      if (records.write().replace(state, state.value().deleted()).commit()) {
        return;
      }
      state = environments.state(id);
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The environment " + id + " was changed at the same time. Try again.");
  }
}

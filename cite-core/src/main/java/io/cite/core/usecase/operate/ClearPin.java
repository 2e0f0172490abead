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
 * Lets an environment deploy by itself again; does nothing where it is not pinned. Refused with
 * {@link io.cite.core.error.NotFound}.
 */
public final class ClearPin {
  private final Ports ports;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public ClearPin(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.environments = new Environments(records);
  }

  /** Which environment. */
  public record Command(Caller caller, EnvironmentId environment) {}

  /** Clears the pin. */
  public void execute(Command command) {
    EnvironmentId id = command.environment();
    Versioned<EnvironmentState> state = environments.state(id);
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                command.caller().name(),
                AuditAction.PIN_CLEAR,
                id.toString(),
                AuditEntry.Outcome.ACCEPTED,
                state.value().pinnedBy() == null ? "was not pinned" : ""));
    for (int attempt = 0; attempt < Environments.ATTEMPTS; attempt++) {
      if (records.write().replace(state, state.value().unpinned()).commit()) {
        return;
      }
      state = environments.state(id);
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The environment " + id + " was changed at the same time. Try again.");
  }
}

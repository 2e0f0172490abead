package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.Environments;
import io.cite.core.engine.Outside;
import io.cite.core.engine.Records;
import io.cite.core.engine.Stored;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;

/**
 * Lets an environment deploy by itself again; does nothing where it is not pinned. Refused with
 * {@link io.cite.core.error.NotFound}.
 */
public final class ClearPin {
  private final Outside outside;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public ClearPin(Outside outside) {
    this.outside = outside;
    this.records = new Records(outside.store());
    this.environments = new Environments(records);
  }

  /** Which environment. */
  public record Command(Caller caller, EnvironmentId environment) {}

  /** Clears the pin. */
  public void execute(Command command) {
    EnvironmentId id = command.environment();
    Stored<EnvironmentState> state = environments.state(id);
    outside
        .audit()
        .append(
            new AuditEntry(
                outside.clock().instant(),
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
    throw new Conflict(ErrorCode.CHANGED_MEANWHILE, "The environment " + id + " is very busy");
  }
}

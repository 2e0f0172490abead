package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import java.time.temporal.ChronoUnit;

/**
 * Lets an environment deploy by itself again; does nothing if it is not pinned. The engine decides
 * again about the newest commit that was built meanwhile: it goes live, unless it is the one that
 * was rolled back. Refused with {@link io.cite.core.error.NotFound}.
 */
public final class ClearPin {
  private final Commands commands;
  private final EnvironmentStore environments;

  /** The use case on these stores. */
  public ClearPin(Commands commands, EnvironmentStore environments) {
    this.commands = commands;
    this.environments = environments;
  }

  /** Which environment. */
  public record Command(Caller caller, EnvironmentId environment) {}

  /** Clears the pin. */
  public void execute(Command command) {
    EnvironmentId id = command.environment();
    commands.execute(
        Order.of(command.caller(), AuditAction.PIN_CLEAR, id),
        (transaction, now) -> {
          Revisioned<EnvironmentState> state = environments.state(id);
          String by = state.value().pinnedBy();
          if (by == null) {
            transaction.require(state);
            return new Decision<>(id, "was not pinned");
          }
          transaction.replace(state, state.value().unpinned());
          return new Decision<>(id, former(by, state.value().hold()));
        });
  }

  private static String former(String by, EnvironmentState.Hold hold) {
    return "was pinned by "
        + by
        + (hold.pinnedAt() == null
            ? ""
            : " since " + hold.pinnedAt().truncatedTo(ChronoUnit.SECONDS))
        + (hold.reason() == null ? "" : ", because: " + hold.reason());
  }
}

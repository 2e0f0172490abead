package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import io.cite.core.usecase.SeenRevisions;
import java.util.Optional;

/**
 * Takes the order to delete a service with all its environments; hooks, collaborator, log index and
 * namespace go too if no other service needs them. Refused with {@link
 * io.cite.core.error.NotFound}, and {@link io.cite.core.error.Conflict} for settings that the
 * caller has not seen.
 */
public final class DeleteService {
  private final Commands commands;
  private final ServiceStore services;

  /** The use case on these stores. */
  public DeleteService(Commands commands, ServiceStore services) {
    this.commands = commands;
    this.services = services;
  }

  /** Which service, and which settings of it the caller has seen. */
  public record Command(Caller caller, ServiceId service, SeenRevisions seen) {}

  /** Accepts the order; the engine carries it out. */
  public ServiceRecord execute(Command command) {
    ServiceId id = command.service();
    return commands.execute(
        Order.of(command.caller(), AuditAction.SERVICE_DELETE, id),
        (transaction, now) -> {
          Revisioned<ServiceRecord> stored = services.get(id);
          Optional<Revisioned<ServiceSettings>> settings = services.findSettings(id);
          command.seen().require(settings.map(Revisioned::revision).orElse(0L));
          settings.ifPresent(transaction::require);
          ServiceRecord deleting = stored.value().deleting(now);
          transaction.replace(stored, deleting);
          return Decision.of(deleting);
        });
  }
}

package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;

/**
 * Takes the order to delete a service with all its environments; hooks, collaborator, log index and
 * namespace go too where no other service needs them. Refused with {@link NotFound}.
 */
public final class DeleteService {
  private final Ports ports;
  private final Records records;

  /** The use case on these ports. */
  public DeleteService(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
  }

  /** Which service. */
  public record Command(Caller caller, ServiceId service) {}

  /** Accepts the order; the engine carries it out. */
  public ServiceRecord execute(Command command) {
    Versioned<ServiceRecord> stored =
        records
            .get(Keys.serviceRecord(command.service()))
            .orElseThrow(() -> new NotFound("There is no service " + command.service()));
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                command.caller().name(),
                AuditAction.SERVICE_DELETE,
                command.service().toString(),
                AuditEntry.Outcome.ACCEPTED,
                ""));
    ServiceRecord deleting = stored.value().deleting(ports.clock().instant());
    if (!records.write().replace(stored, deleting).commit()) {
      throw new Conflict(
          ErrorCode.PRECONDITION_FAILED, "The service was changed at the same time. Try again.");
    }
    return deleting;
  }
}

package io.cite.core.usecase.create;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import java.time.Instant;

/**
 * Adds a branch of a service as an environment, with the service's settings. Refused with {@link
 * NotFound} for an unknown service, {@link Conflict} where the branch has an environment or the
 * service is not ready, and as {@link SourceCheck} does for a branch that cannot be built.
 */
public final class AddEnvironment {
  private final Ports ports;
  private final EngineSettings settings;
  private final Records records;

  /** The use case on these ports. */
  public AddEnvironment(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.records = new Records(ports.store());
  }

  /** Which branch of which service. */
  public record Command(Caller caller, ServiceId service, BranchName branch) {}

  /** Adds the environment; its Kubernetes Service is there when this returns. */
  public EnvironmentSettings execute(Command command) {
    ServiceId service = command.service();
    ServiceRecord record =
        records
            .get(Keys.serviceRecord(service))
            .map(Versioned::value)
            .orElseThrow(() -> new NotFound("There is no service " + service));
    if (!record.state().isUsable()) {
      throw new Conflict(
          ErrorCode.WRONG_STATE,
          "The service " + service + " is " + record.state() + ", not ready");
    }
    Versioned<ServiceSettings> stored = records.get(Keys.service(service)).orElseThrow();
    EnvironmentId id = new EnvironmentId(service, command.branch());
    if (records.get(Keys.environment(id)).isPresent()) {
      throw new Conflict("The service " + service + " has an environment of " + id.branch());
    }
    SourceCheck.Found found =
        new SourceCheck(ports.source())
            .find(
                command.caller(),
                stored.value().repository(),
                command.branch(),
                stored.value().ports());
    new Names(records, ports.cluster(), settings).checkEnvironment(id);
    Instant now = ports.clock().instant();
    EnvironmentSettings environment = stored.value().environment(command.branch(), now);
    ports
        .audit()
        .append(
            new AuditEntry(
                now,
                command.caller().name(),
                AuditAction.ENVIRONMENT_ADD,
                id.toString(),
                AuditEntry.Outcome.ACCEPTED,
                ""));
    // the cluster first: what is recorded must have its object, and making it again is harmless
    ports.cluster().ensureService(id, stored.value().ports());
    if (!environment.secretNames().isEmpty()) {
      ports.cluster().copySecrets(new EnvironmentId(service, stored.value().branch()), id);
    }
    store(stored, environment, found.head(), now);
    return environment;
  }

  private void store(
      Versioned<ServiceSettings> service,
      EnvironmentSettings environment,
      CommitId head,
      Instant at) {
    EnvironmentId id = environment.id();
    boolean stored =
        records
            .write()
            .require(service)
            .create(Keys.environment(id), environment)
            .create(Keys.environmentState(id), EnvironmentState.fresh(id).withHead(head))
            .create(Keys.name(id), new NameReservation(id, at))
            .commit();
    if (!stored) {
      throw new Conflict(
          ErrorCode.PRECONDITION_FAILED,
          "Somebody else changed the service or added the environment " + id + " right now");
    }
  }
}

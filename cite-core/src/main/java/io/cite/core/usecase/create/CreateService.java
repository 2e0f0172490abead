package io.cite.core.usecase.create;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.engine.record.schema.NamespaceReservation;
import io.cite.core.engine.record.schema.RepositoryRecord;
import io.cite.core.engine.record.schema.SealingContext;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the order to make a service. Everything that can be wrong is found out before anything is
 * written: see {@link SourceCheck} for the repository, and {@link Conflict} for names that are
 * taken. What is accepted is stored, and the engine carries it out.
 */
public final class CreateService {
  private static final int ATTEMPTS = 5;

  private final Ports ports;
  private final EngineSettings settings;
  private final Records records;
  private final SourceCheck check;

  /** The use case on these ports. */
  public CreateService(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.records = new Records(ports.store());
    this.check = new SourceCheck(ports.source());
  }

  /**
   * The order.
   *
   * @param branch null for the repository's default branch
   * @param name null for the repository's name
   * @param ports null for those that the Dockerfile exposes, or 8080
   * @param probe null for a TCP connection to the first port
   */
  public record Command(
      Caller caller,
      RepositoryName repository,
      @Nullable BranchName branch,
      @Nullable ServiceName name,
      @Nullable ContainerPorts ports,
      @Nullable Probe probe,
      Replicas replicas,
      boolean autoDeploy,
      boolean removeWithBranch,
      Variables variables,
      Map<String, Secret> secrets,
      List<NotificationTarget> notifications) {
    public Command {
      secrets = Map.copyOf(secrets);
      notifications = List.copyOf(notifications);
      secrets.keySet().forEach(Variables::checkName);
    }
  }

  /**
   * Accepts the order.
   *
   * @return the service as it now begins
   * @throws Conflict where the service exists or a name is taken; the message names the holder
   */
  public ServiceRecord execute(Command command) {
    Prepared prepared = prepare(command);
    ServiceSettings service = prepared.settings();
    ServiceRecord record =
        ServiceRecord.requested(
            service, sealed(service.id(), command.secrets()), prepared.head(), service.createdAt());
    ports
        .audit()
        .append(
            new AuditEntry(
                service.createdAt(),
                command.caller().name(),
                AuditAction.SERVICE_CREATE,
                service.id().toString(),
                AuditEntry.Outcome.ACCEPTED,
                "from " + service.repository() + " branch " + service.branch()));
    Versioned<ServiceRecord> former = prepared.former();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (write(record, former).commit()) {
        return record;
      }
      former = checkFree(service);
    }
    throw new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "Somebody else is changing the services of "
            + service.repository()
            + " right now; try again");
  }

  private Records.Write write(ServiceRecord record, @Nullable Versioned<ServiceRecord> former) {
    ServiceSettings service = record.settings();
    EnvironmentId environment = new EnvironmentId(service.id(), service.branch());
    Records.Write write = records.write();
    if (former == null) {
      write.create(Keys.serviceRecord(service.id()), record);
    } else {
      write.replace(former, record);
    }
    write
        .requireAbsent(Keys.leavingRepository(service.repository()))
        .requireAbsent(Keys.leavingNamespace(service.id().namespace()))
        .create(
            Keys.link(service.repository(), service.id()),
            new ServiceLink(service.id(), service.repositoryId()))
        .create(Keys.name(environment), new NameReservation(environment, service.createdAt()))
        .put(
            Keys.namespace(service.id().namespace()),
            new NamespaceReservation(service.repository().owner()));
    Optional<Versioned<RepositoryRecord>> known =
        records.get(Keys.repository(service.repository()));
    if (known.isPresent()) {
      return write.require(known.get());
    }
    String secret =
        ports.sealer().seal(ports.sealer().generate(), SealingContext.hook(service.repository()));
    return write.create(
        Keys.repository(service.repository()),
        new RepositoryRecord(service.repository(), service.repositoryId(), secret, null));
  }

  private Map<String, String> sealed(ServiceId id, Map<String, Secret> secrets) {
    Map<String, String> sealed = new HashMap<>();
    secrets.forEach(
        (name, value) ->
            sealed.put(name, ports.sealer().seal(value, SealingContext.variable(id, name))));
    return sealed;
  }

  /**
   * What carrying out the order would change; nothing is written.
   *
   * @throws Conflict as {@link #execute} does
   */
  public Plan plan(Command command) {
    return new Planner(ports, settings).plan(prepare(command).settings());
  }

  private record Prepared(
      ServiceSettings settings, CommitId head, @Nullable Versioned<ServiceRecord> former) {}

  private Prepared prepare(Command command) {
    SourceCheck.Found found =
        check.find(command.caller(), command.repository(), command.branch(), command.ports());
    RepositoryName repository = found.repository().name();
    ServiceId id =
        new ServiceId(
            Namespace.of(repository.owner()),
            command.name() == null ? ServiceName.from(repository.name()) : command.name());
    Instant now = ports.clock().instant();
    ServiceSettings service =
        new ServiceSettings(
            id,
            repository,
            found.repository().id(),
            found.branch(),
            found.ports(),
            command.probe() == null ? Probe.tcp() : command.probe(),
            command.replicas(),
            command.autoDeploy(),
            command.removeWithBranch(),
            command.variables(),
            List.copyOf(new TreeSet<>(command.secrets().keySet())),
            command.notifications(),
            command.caller().name(),
            now);
    return new Prepared(service, found.head(), checkFree(service));
  }

  private @Nullable Versioned<ServiceRecord> checkFree(ServiceSettings service) {
    ServiceId id = service.id();
    Names names = new Names(records, ports.cluster(), settings);
    names.checkNamespace(id.namespace(), service.repository().owner());
    names.checkNobodyLeaves(id.namespace(), service.repository());
    Optional<Versioned<ServiceRecord>> former = records.get(Keys.serviceRecord(id));
    boolean ended =
        former.isPresent()
            && former.get().value().state() == ServiceState.FAILED
            && records.get(Keys.link(service.repository(), id)).isEmpty();
    if (former.isPresent() && !ended) {
      ServiceRecord holder = former.get().value();
      throw new Conflict(
          "The service "
              + id
              + " exists already: it was created by "
              + holder.requestedBy()
              + " from "
              + holder.settings().repository()
              + " branch "
              + holder.settings().branch()
              + (holder.settings().branch().equals(service.branch())
                  ? ""
                  : "; add the branch as an environment instead"));
    }
    names.checkEnvironment(new EnvironmentId(id, service.branch()));
    return former.orElse(null);
  }
}

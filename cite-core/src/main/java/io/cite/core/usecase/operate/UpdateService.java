package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.Variables;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a service's settings. ContainerPorts and probe take effect with the next deployment;
 * replicas, autoDeploy, removeWithBranch and variables are what new environments begin with.
 * Refused with {@link io.cite.core.error.NotFound}, and {@link Conflict} with {@code
 * PRECONDITION_FAILED} where the settings are not those that the caller has seen.
 */
public final class UpdateService {
  private final Ports ports;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public UpdateService(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.environments = new Environments(records);
  }

  /**
   * The change; null leaves a setting as it is.
   *
   * @param seen revision of the settings that the caller has seen; null to change whatever is there
   */
  public record Command(
      Caller caller,
      ServiceId service,
      @Nullable Long seen,
      @Nullable ContainerPorts ports,
      @Nullable Probe probe,
      @Nullable Replicas replicas,
      @Nullable Boolean autoDeploy,
      @Nullable Boolean removeWithBranch,
      @Nullable Variables variables,
      @Nullable List<NotificationTarget> notifications) {}

  /** Makes the change and returns the settings with their new revision. */
  public Versioned<ServiceSettings> execute(Command command) {
    Versioned<ServiceSettings> stored = environments.service(command.service());
    if (command.seen() != null && command.seen() != stored.revision()) {
      throw changed();
    }
    ServiceSettings old = stored.value();
    ServiceSettings changed =
        new ServiceSettings(
            old.id(),
            old.repository(),
            old.repositoryId(),
            old.branch(),
            command.ports() == null ? old.ports() : command.ports(),
            command.probe() == null ? old.probe() : command.probe(),
            command.replicas() == null ? old.replicas() : command.replicas(),
            command.autoDeploy() == null ? old.autoDeploy() : command.autoDeploy(),
            command.removeWithBranch() == null
                ? old.removeWithBranch()
                : command.removeWithBranch(),
            command.variables() == null ? old.variables() : command.variables(),
            old.secretNames(),
            command.notifications() == null ? old.notifications() : command.notifications(),
            old.createdBy(),
            old.createdAt());
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                command.caller().name(),
                AuditAction.SERVICE_UPDATE,
                old.id().toString(),
                AuditEntry.Outcome.ACCEPTED,
                ""));
    if (!records.write().replace(stored, changed).commit()) {
      throw changed();
    }
    return environments.service(command.service());
  }

  private static Conflict changed() {
    return new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The settings were changed after you read them. Read them again and repeat the change.");
  }
}

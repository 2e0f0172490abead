package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.Variables;
import io.cite.core.engine.store.NotificationUrls;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import io.cite.core.usecase.NotificationTargets;
import io.cite.core.usecase.SeenRevisions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a service's settings. ContainerPorts and probe take effect with the next deployment;
 * replicas, autoDeploy, removeWithBranch and variables are what new environments begin with.
 * Refused with {@link io.cite.core.error.NotFound}, and {@link io.cite.core.error.Conflict} with
 * {@code PRECONDITION_FAILED} if the settings are not those that the caller has seen.
 */
public final class UpdateService {
  private final Commands commands;
  private final ServiceStore services;
  private final NotificationTargets targets;
  private final NotificationUrls urls;

  /** The use case on these stores. */
  public UpdateService(
      Commands commands,
      ServiceStore services,
      NotificationTargets targets,
      NotificationUrls urls) {
    this.commands = commands;
    this.services = services;
    this.targets = targets;
    this.urls = urls;
  }

  /**
   * The change; null leaves a setting as it is.
   *
   * @param seen the settings that the caller has seen
   */
  public record Command(
      Caller caller,
      ServiceId service,
      SeenRevisions seen,
      @Nullable ContainerPorts ports,
      @Nullable Probe probe,
      @Nullable Replicas replicas,
      @Nullable Boolean autoDeploy,
      @Nullable Boolean removeWithBranch,
      @Nullable Variables variables,
      @Nullable List<NotificationTarget> notifications) {}

  /** Makes the change; if others change the settings too, on top of their changes. */
  public void execute(Command command) {
    if (command.notifications() != null) {
      targets.check(command.notifications());
    }
    commands.execute(
        Order.of(command.caller(), AuditAction.SERVICE_UPDATE, command.service()),
        (transaction, now) -> {
          Revisioned<ServiceSettings> stored = services.settings(command.service());
          command.seen().require(stored.revision());
          ServiceSettings changed = changed(stored.value(), command);
          transaction.replace(stored, changed);
          return new Decision<>(command.service(), differences(stored.value(), changed));
        });
  }

  private static String differences(ServiceSettings old, ServiceSettings changed) {
    return new SettingsDifferences()
        .of("ports", old.ports().values(), changed.ports().values())
        .of("probe.path", old.probe().path(), changed.probe().path())
        .of("probe.port", old.probe().port(), changed.probe().port())
        .of("replicas", old.replicas().count(), changed.replicas().count())
        .of("autoDeploy", old.autoDeploy(), changed.autoDeploy())
        .of("removeWithBranch", old.removeWithBranch(), changed.removeWithBranch())
        .ofVariables(old.variables(), changed.variables())
        .ofTargets(old.notifications(), changed.notifications())
        .toString();
  }

  private ServiceSettings changed(ServiceSettings old, Command command) {
    return new ServiceSettings(
        old.id(),
        old.repository(),
        old.repositoryId(),
        old.branch(),
        command.ports() == null ? old.ports() : command.ports(),
        command.ports() == null ? old.portsFrom() : null,
        command.probe() == null ? old.probe() : command.probe(),
        command.replicas() == null ? old.replicas() : command.replicas(),
        command.autoDeploy() == null ? old.autoDeploy() : command.autoDeploy(),
        command.removeWithBranch() == null ? old.removeWithBranch() : command.removeWithBranch(),
        command.variables() == null
            ? old.variables()
            : command.variables().besideSecrets(old.secretNames()),
        old.secretNames(),
        command.notifications() == null
            ? old.notifications()
            : urls.seal(old.id(), command.notifications(), old.notifications()),
        old.createdBy(),
        old.createdAt(),
        old.formerNames());
  }
}

package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.Variables;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.store.Environments;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes an environment's settings. The number of pods of the live deployment follows at once;
 * variables and secrets take effect with the next deployment. Refused with {@link
 * io.cite.core.error.NotFound}, and {@link Conflict} with {@code PRECONDITION_FAILED} where the
 * settings are not those that the caller has seen.
 */
public final class UpdateEnvironment {
  private final Ports ports;
  private final Records records;
  private final Environments environments;

  /** The use case on these ports. */
  public UpdateEnvironment(Ports ports) {
    this.ports = ports;
    this.records = new Records(ports.store());
    this.environments = new Environments(records);
  }

  /**
   * The change; null leaves a setting as it is.
   *
   * @param seen revision of the settings that the caller has seen; null to change whatever is there
   * @param secrets secret variables to set; others stay
   */
  public record Command(
      Caller caller,
      EnvironmentId environment,
      @Nullable Long seen,
      @Nullable Replicas replicas,
      @Nullable Boolean autoDeploy,
      @Nullable Boolean removeWithBranch,
      @Nullable Variables variables,
      Map<String, Secret> secrets) {
    public Command {
      secrets = Map.copyOf(secrets);
      secrets.keySet().forEach(Variables::checkName);
    }
  }

  /** Makes the change and returns the settings with their new revision. */
  public Versioned<EnvironmentSettings> execute(Command command) {
    EnvironmentId id = command.environment();
    Versioned<EnvironmentSettings> stored = environments.settings(id);
    if (command.seen() != null && command.seen() != stored.revision()) {
      throw changed();
    }
    EnvironmentSettings old = stored.value();
    TreeSet<String> secretNames = new TreeSet<>(old.secretNames());
    secretNames.addAll(command.secrets().keySet());
    EnvironmentSettings changed =
        new EnvironmentSettings(
            id,
            command.replicas() == null ? old.replicas() : command.replicas(),
            command.autoDeploy() == null ? old.autoDeploy() : command.autoDeploy(),
            command.removeWithBranch() == null
                ? old.removeWithBranch()
                : command.removeWithBranch(),
            command.variables() == null ? old.variables() : command.variables(),
            List.copyOf(secretNames),
            old.createdAt());
    ports
        .audit()
        .append(
            new AuditEntry(
                ports.clock().instant(),
                command.caller().name(),
                AuditAction.ENVIRONMENT_UPDATE,
                id.toString(),
                AuditEntry.Outcome.ACCEPTED,
                ""));
    if (!command.secrets().isEmpty()) {
      ports.cluster().putSecrets(id, command.secrets());
    }
    if (!records.write().replace(stored, changed).commit()) {
      throw changed();
    }
    return environments.settings(id);
  }

  private static Conflict changed() {
    return new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The settings were changed after you read them. Read them again and repeat the change.");
  }
}

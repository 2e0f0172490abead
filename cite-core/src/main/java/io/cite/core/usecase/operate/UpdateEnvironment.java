package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.Variables;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.engine.store.Transaction;
import io.cite.core.error.InvalidInput;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Decision;
import io.cite.core.usecase.Commands.Order;
import io.cite.core.usecase.SeenRevisions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes an environment's settings. The number of pods of the live deployment follows at once;
 * variables and secrets take effect with the next deployment. If auto-deploy is switched on, the
 * newest commit that was built meanwhile is decided about again. Refused with {@link
 * io.cite.core.error.NotFound}, and {@link io.cite.core.error.Conflict} with {@code
 * PRECONDITION_FAILED} if the settings are not those that the caller has seen.
 */
public final class UpdateEnvironment {
  private final Commands commands;
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final SealedVariables variables;

  /** The use case on these stores. */
  public UpdateEnvironment(
      Commands commands,
      ServiceStore services,
      EnvironmentStore environments,
      SealedVariables variables) {
    this.commands = commands;
    this.services = services;
    this.environments = environments;
    this.variables = variables;
  }

  /**
   * The change; null leaves a setting as it is.
   *
   * @param seen the settings that the caller has seen
   * @param secrets secret variables to set; others stay
   * @param removedSecrets names of secret variables to remove
   */
  public record Command(
      Caller caller,
      EnvironmentId environment,
      SeenRevisions seen,
      @Nullable Replicas replicas,
      @Nullable Boolean autoDeploy,
      @Nullable Boolean removeWithBranch,
      @Nullable Variables variables,
      Map<String, Secret> secrets,
      Set<String> removedSecrets) {
    public Command {
      secrets = Map.copyOf(secrets);
      removedSecrets = Set.copyOf(removedSecrets);
      Secret.check(secrets);
    }

    private boolean changesSecrets() {
      return !secrets.isEmpty() || !removedSecrets.isEmpty();
    }
  }

  /**
   * Makes the change; if others change the settings too, on top of their changes. Secrets are
   * stored sealed with the settings, and the engine takes them to the cluster.
   */
  public void execute(Command command) {
    EnvironmentId id = command.environment();
    commands.execute(
        Order.of(command.caller(), AuditAction.ENVIRONMENT_UPDATE, id),
        (transaction, now) -> {
          Revisioned<EnvironmentSettings> stored = environments.settings(id);
          command.seen().require(stored.revision());
          EnvironmentSettings changed = changed(stored.value(), command);
          transaction.replace(stored, changed);
          boolean released = changed.autoDeploy() && !stored.value().autoDeploy();
          if (released || command.changesSecrets()) {
            Revisioned<EnvironmentState> state = environments.state(id);
            EnvironmentState next = released ? state.value().released(true) : state.value();
            if (command.changesSecrets()) {
              Map<String, String> sealed = variables.seal(id.service(), command.secrets());
              next = next.withSecrets(sealed, command.removedSecrets());
              changeService(transaction, changed);
            }
            transaction.replace(state, next);
          }
          return new Decision<>(id, differences(stored.value(), changed, command));
        });
  }

  /** New environments copy the secret variables of the service's own environment. */
  private void changeService(Transaction transaction, EnvironmentSettings changed) {
    EnvironmentId id = changed.id();
    Revisioned<ServiceSettings> service = services.settings(id.service());
    if (!id.branch().equals(service.value().branch())) {
      return;
    }
    for (String name : changed.secretNames()) {
      if (service.value().variables().values().containsKey(name)) {
        throw new InvalidInput(
            "The name '"
                + name
                + "' is a variable of the service, which new environments get. Remove it there"
                + " first.");
      }
    }
    transaction.replace(service, service.value().withSecretNames(changed.secretNames()));
  }

  private static String differences(
      EnvironmentSettings old, EnvironmentSettings changed, Command command) {
    return new SettingsDifferences()
        .of("replicas", old.replicas().count(), changed.replicas().count())
        .of("autoDeploy", old.autoDeploy(), changed.autoDeploy())
        .of("removeWithBranch", old.removeWithBranch(), changed.removeWithBranch())
        .ofVariables(old.variables(), changed.variables())
        .ofSecrets(command.secrets().keySet())
        .ofRemovedSecrets(command.removedSecrets())
        .toString();
  }

  private static EnvironmentSettings changed(EnvironmentSettings old, Command command) {
    TreeSet<String> secretNames = new TreeSet<>(old.secretNames());
    secretNames.removeAll(command.removedSecrets());
    secretNames.addAll(command.secrets().keySet());
    Map<String, Long> secretVersions = new TreeMap<>(old.secretVersions());
    command.secrets().keySet().forEach(name -> secretVersions.merge(name, 1L, Long::sum));
    return new EnvironmentSettings(
        old.id(),
        command.replicas() == null ? old.replicas() : command.replicas(),
        command.autoDeploy() == null ? old.autoDeploy() : command.autoDeploy(),
        command.removeWithBranch() == null ? old.removeWithBranch() : command.removeWithBranch(),
        (command.variables() == null ? old.variables() : command.variables())
            .besideSecrets(secretNames),
        List.copyOf(secretNames),
        secretVersions,
        old.createdAt());
  }
}

package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.rollout.RolloutRetention;
import io.cite.core.engine.store.DeploymentStore;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.usecase.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says which retired rollouts may go now, and has the engine check their environments; it is the
 * engine that removes them, so that no deployment begins to use one meanwhile.
 */
public final class CollectGarbage {
  private final Commands commands;
  private final EnvironmentStore environments;
  private final DeploymentStore deployments;
  private final RolloutRetention retention;

  /** The use case on these stores. */
  public CollectGarbage(
      Commands commands,
      EnvironmentStore environments,
      DeploymentStore deployments,
      RolloutRetention retention) {
    this.commands = commands;
    this.environments = environments;
    this.deployments = deployments;
    this.retention = retention;
  }

  /**
   * The order.
   *
   * @param dryRun only say what would go
   */
  public record Command(Caller caller, boolean dryRun) {}

  /** Names of the controllers that may go. */
  public List<String> execute(Command command) {
    if (!command.dryRun()) {
      commands.audit(
          new Commands.Order(command.caller(), AuditAction.GARBAGE_COLLECT, "rollouts", "rollouts"),
          "");
    }
    List<String> names = new ArrayList<>();
    for (EnvironmentId id : environments.all()) {
      Set<Long> here = retention.removable(id, deployments.of(id));
      if (!here.isEmpty() && !command.dryRun()) {
        environments.wake(id);
      }
      here.forEach(seq -> names.add(new RolloutId(id, seq).name()));
    }
    return names;
  }
}

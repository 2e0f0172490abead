package io.cite.core.simulation;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.Variables;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.operate.UpdateEnvironment.Command;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an owner changes of an environment, whatever it was before. */
final class EnvironmentChange {
  private EnvironmentChange() {}

  static Command autoDeploy(boolean on) {
    return of(World.ENVIRONMENT, null, on, null, null, Map.of());
  }

  static Command replicas(int replicas) {
    return of(World.ENVIRONMENT, new Replicas(replicas), null, null, null, Map.of());
  }

  static Command removeWithBranch(EnvironmentId id, @Nullable Boolean yes) {
    return of(id, null, null, yes, null, Map.of());
  }

  static Command variables(@Nullable Variables variables, Map<String, Secret> secrets) {
    return of(World.ENVIRONMENT, null, null, null, variables, secrets);
  }

  private static Command of(
      EnvironmentId id,
      @Nullable Replicas replicas,
      @Nullable Boolean autoDeploy,
      @Nullable Boolean removeWithBranch,
      @Nullable Variables variables,
      Map<String, Secret> secrets) {
    return new Command(
        World.CALLER,
        id,
        SeenRevisions.any(),
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        Set.of());
  }
}

package io.cite.core.simulation;

import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.operate.UpdateService;

/** Switches auto-deploy of a world's service and environment on and off. */
final class AutoDeploySwitch {
  private AutoDeploySwitch() {}

  /** On, also for environments that are added; nothing is built by this. */
  static void on(World world) {
    world
        .useCases
        .updateService()
        .execute(
            new UpdateService.Command(
                World.CALLER,
                World.SERVICE,
                SeenRevisions.any(),
                null,
                null,
                null,
                true,
                null,
                null,
                null));
    environment(world, true);
    world.settle();
  }

  /** Off, for the environment alone. */
  static void off(World world) {
    environment(world, false);
    world.settle();
  }

  /** On or off, for the environment alone; the engine does not hear of it yet. */
  static void environment(World world, boolean on) {
    world.useCases.updateEnvironment().execute(EnvironmentChange.autoDeploy(on));
  }
}

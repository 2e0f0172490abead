package io.cite.core.simulation;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.operate.UpdateService;
import java.util.List;

/** The order that sets the ports of a world's service. */
final class PortSetting {
  private PortSetting() {}

  /** Sets them as a person does, and lets everything settle. */
  static void set(World world, Integer... ports) {
    world
        .useCases
        .updateService()
        .execute(
            new UpdateService.Command(
                World.CALLER,
                World.SERVICE,
                SeenRevisions.any(),
                new ContainerPorts(List.of(ports)),
                null,
                null,
                null,
                null,
                null,
                null));
    world.settle();
  }
}

package io.cite.core.simulation;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.error.NotFound;
import io.cite.core.usecase.operate.ReadCatalogue.EnvironmentOverview;
import io.cite.core.usecase.operate.ReadCatalogue.ServiceOverview;
import java.util.Comparator;

/** What a stretch of life came to, as far as people can see it: to be the same with faults. */
final class Outcome {
  private Outcome() {}

  static String of(World world) {
    ServiceOverview service;
    try {
      service = world.catalogue().service(World.SERVICE);
    } catch (NotFound e) {
      return "no service, hooks " + world.source.hooks(World.REPOSITORY);
    }
    StringBuilder text = new StringBuilder();
    text.append(service.record().state()).append('\n');
    text.append(world.source.hooks(World.REPOSITORY).stream().sorted().toList()).append('\n');
    for (EnvironmentOverview environment : service.environments()) {
      Deployment live = environment.live();
      text.append(environment.settings().id()).append(" live ");
      text.append(live == null ? "nothing" : live.commit().abbreviated() + " " + live.origin());
      text.append(" pinned ").append(environment.state().pinnedBy()).append('\n');
      world.catalogue().builds(environment.settings().id()).stream()
          .sorted(Comparator.comparing(build -> build.commit().value()))
          .forEach(build -> text.append(line(build)));
    }
    return text.toString();
  }

  private static String line(Build build) {
    return build.commit().abbreviated() + " " + build.state() + "\n";
  }
}

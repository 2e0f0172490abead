package io.cite.core.simulation;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.error.NotFound;
import io.cite.core.port.AuditTrail.Numbered;
import io.cite.core.usecase.operate.ReadCatalogue.EnvironmentOverview;
import io.cite.core.usecase.operate.ReadCatalogue.ServiceOverview;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a stretch of life came to, as far as people can see it: to be the same with faults. */
final class Outcome {
  private Outcome() {}

  /** All that anybody sees, also those who are notified. */
  static String of(World world) {
    return lasting(world) + asked(world) + notified(world);
  }

  /** What remains: the service, its builds and deployments, and the audit trail. */
  static String lasting(World world) {
    ServiceOverview service;
    try {
      service = world.catalogue().service(World.SERVICE);
    } catch (NotFound e) {
      return "no service, hooks " + world.source.hooks(World.REPOSITORY) + "\n" + trail(world);
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
      world.catalogue().deployments(environment.settings().id()).stream()
          .sorted(Comparator.comparingLong(Deployment::seq))
          .forEach(deployment -> text.append(line(deployment)));
    }
    return text.append(trail(world)).toString();
  }

  /**
   * What was asked of the builder. It may be asked once more where its answer was lost: a change
   * hook takes no key by which it knows a request again. One build is seen of both.
   */
  private static String asked(World world) {
    return world.builder.requests().stream()
        .map(request -> "asked for " + request.commit().id().abbreviated() + "\n")
        .distinct()
        .sorted()
        .collect(Collectors.joining());
  }

  /** A notice that is sent again has the same id. */
  private static String notified(World world) {
    Map<String, String> byId = new HashMap<>();
    world.notices.forEach(notice -> byId.put(notice.id(), "notified: " + notice.title() + "\n"));
    return byId.values().stream().sorted().collect(Collectors.joining());
  }

  private static String trail(World world) {
    return world.audit.list(null, Integer.MAX_VALUE).stream()
        .map(Numbered::entry)
        .map(e -> e.actor() + " " + e.action() + " " + e.target() + " " + e.outcome() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  private static String line(Deployment deployment) {
    return deployment.seq()
        + " "
        + deployment.commit().abbreviated()
        + " "
        + deployment.state()
        + " "
        + deployment.origin()
        + "\n";
  }

  private static String line(Build build) {
    return build.commit().abbreviated() + " " + build.state() + "\n";
  }
}

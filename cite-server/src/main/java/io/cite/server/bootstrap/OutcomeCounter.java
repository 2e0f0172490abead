package io.cite.server.bootstrap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.engine.StateChanges;
import io.cite.server.http.Meters;
import java.util.Locale;

/** Counts how builds and deployments end, each once although changes may be notified twice. */
final class OutcomeCounter {
  private static final int MEMORY = 10_000;

  private final Meters meters;
  private final Cache<String, Boolean> counted = Caffeine.newBuilder().maximumSize(MEMORY).build();

  OutcomeCounter(Meters meters) {
    this.meters = meters;
  }

  void count(StateChanges.Change change) {
    Build build = change.build();
    Deployment deployment = change.deployment();
    if (build != null && build.state().isFinal()) {
      count(
          "cite.builds",
          "Builds by outcome",
          build.environment() + " b" + build.number(),
          build.state().name());
    }
    if (deployment != null
        && (deployment.state() == DeploymentState.LIVE || deployment.state().isUnsuccessful())) {
      count(
          "cite.deployments",
          "Deployments by outcome",
          deployment.environment() + " d" + deployment.seq(),
          deployment.state().name());
    }
  }

  private void count(String name, String description, String id, String outcome) {
    if (counted.asMap().putIfAbsent(id + outcome, Boolean.TRUE) == null) {
      meters.count(name, description, "outcome", outcome.toLowerCase(Locale.ROOT));
    }
  }
}

package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;

/** Name of a rollout: environment and number. */
public record RolloutId(EnvironmentId environment, long seq) {
  /** The controller's name, {@code {environment}-{seq}}. */
  public String name() {
    return environment.name() + "-" + seq;
  }
}

package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import java.util.Map;

/** The secret variables of environments. {@link Cluster} says what holds for all roles. */
public interface ClusterSecrets {
  /** Sets the environment's secret variables: those given replace those of the same name. */
  void put(EnvironmentId environment, Map<String, Secret> secrets);

  /** Copies the secret variables of one environment to another, if the first has any. */
  void copy(EnvironmentId from, EnvironmentId to);
}

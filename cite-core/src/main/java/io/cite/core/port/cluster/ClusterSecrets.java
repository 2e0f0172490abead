package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import java.util.Collection;
import java.util.Map;

/** The secret variables of environments. {@link Cluster} says what holds for all roles. */
public interface ClusterSecrets {
  /** Sets the environment's secret variables: those given replace those of the same name. */
  void put(EnvironmentId environment, Map<String, Secret> secrets);

  /** Removes secret variables of the environment. A name that it does not have is no failure. */
  void remove(EnvironmentId environment, Collection<String> names);

  /** Copies secret variables of one environment to another: those names that the first has. */
  void copy(EnvironmentId from, EnvironmentId to, Collection<String> names);
}

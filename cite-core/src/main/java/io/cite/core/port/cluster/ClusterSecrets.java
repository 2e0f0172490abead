package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The secret variables of environments. {@link Cluster} says what holds for all roles. */
public interface ClusterSecrets {
  /** Sets the environment's secret variables: those given replace those of the same name. */
  void put(EnvironmentId environment, Map<String, Secret> secrets);

  /** Removes secret variables of the environment. A name that it does not have is no failure. */
  void remove(EnvironmentId environment, Collection<String> names);

  /** The names of the environment's secret variables; never their values. */
  Set<String> names(EnvironmentId environment);

  /** Copies secret variables of one environment to another: those names that the first has. */
  void copy(EnvironmentId from, EnvironmentId to, Collection<String> names);
}

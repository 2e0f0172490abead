package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.Subscription;
import java.util.List;
import java.util.function.Consumer;

/**
 * All objects of CITE's in the cluster, whatever their kind. {@link Cluster} says what holds for
 * all roles.
 */
public interface ClusterObjects {
  /** The Services and the controllers of all environments. */
  List<ClusterObject> inventory();

  /** Removes the environment's Service, rollouts and Secret; does nothing if there is none. */
  void removeAllOf(EnvironmentId environment);

  /** Reports that something of an environment may have changed. Events may be lost or repeated. */
  Subscription watch(Consumer<EnvironmentId> changed);
}

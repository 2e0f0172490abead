package io.cite.core.port.cluster;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import java.util.Optional;

/**
 * The Service of each environment, and which rollout gets its traffic. {@link Cluster} says what
 * holds for all roles.
 */
public interface TrafficRouter {
  /**
   * Makes the environment's Service unless it is there, with a selector that matches nothing; of
   * one that is there only the ports are brought up to date.
   *
   * @return whether this call made it
   */
  boolean ensureService(EnvironmentId environment, ContainerPorts ports);

  /**
   * Directs the environment's traffic to a rollout: the only commit point of a deployment. It
   * requires that the Service's recorded deployment number is lower than {@code seq}, in one
   * compare-and-set. If the number is equal, it was done before; a selector that somebody changed
   * since is put back.
   *
   * @param seq number of the deployment on whose behalf this is done
   * @param rollout whose pods get the traffic
   * @throws io.cite.core.error.NotFound if the environment has no Service
   */
  SwitchResult switchTraffic(EnvironmentId environment, long seq, RolloutId rollout);

  /**
   * Which rollout the environment's Service selects, as the cluster last reported it; empty if
   * there is no Service. This costs no call while the cluster's reports arrive, is late by moments,
   * and does not count the endpoints ({@code readyEndpoints} is 0).
   */
  Optional<Traffic> assigned(EnvironmentId environment);

  /** Where the environment's traffic goes; empty if it has no Service. */
  Optional<Traffic> current(EnvironmentId environment);

  /** Where the environment can be visited; empty if the cluster gives no address outside. */
  Optional<String> address(EnvironmentId environment);
}

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
   * Makes the environment's Service unless it is there, with a selector that matches nothing. One
   * that is there stays as it is: its ports are those of the deployment that has the traffic.
   *
   * @param ports that a new Service has until the first switch
   * @return whether this call made it
   */
  boolean ensureService(EnvironmentId environment, ContainerPorts ports);

  /**
   * Directs the environment's traffic to a rollout: the only commit point of a deployment. It
   * requires that the Service's recorded deployment number is lower than {@code seq}. Number,
   * selector and ports change in one compare-and-set. If the number is equal, it was done before; a
   * selector or ports that somebody changed since are put back. What the cluster gave a port that
   * stays, such as the number of its node port, is kept.
   *
   * @param seq number of the deployment on whose behalf this is done
   * @param rollout whose pods get the traffic
   * @param ports on which they take it
   * @throws io.cite.core.error.NotFound if the environment has no Service
   */
  SwitchResult switchTraffic(
      EnvironmentId environment, long seq, RolloutId rollout, ContainerPorts ports);

  /**
   * Which rollout the environment's Service selects, and its ports, as the cluster last reported
   * it; empty if there is no Service. This costs no call while the cluster's reports arrive, is
   * late by moments, and does not count the endpoints ({@code readyEndpoints} is 0).
   */
  Optional<Traffic> assigned(EnvironmentId environment);

  /** Where the environment's traffic goes; empty if it has no Service. */
  Optional<Traffic> current(EnvironmentId environment);

  /** Where the environment can be visited; empty if the cluster gives no address outside. */
  Optional<String> address(EnvironmentId environment);
}

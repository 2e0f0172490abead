package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;
import java.util.List;

/** The controllers of deployments and their pods. {@link Cluster} says what holds for all roles. */
public interface Rollouts {
  /**
   * Makes the controller of a deployment, or adopts it if it is there with the same deployment.
   *
   * @return the controller's name
   */
  String rollOut(RolloutSpec spec);

  /** What the rollout looks like now; never waits for it. */
  RolloutStatus observe(RolloutId rollout);

  /** Sets the number of pods of a rollout; does nothing if it does not exist. */
  void scale(RolloutId rollout, int replicas);

  /** Removes the controller and its pods; does nothing if there is none. */
  void remove(RolloutId rollout);

  /** All rollouts of an environment that exist, lowest number first. */
  List<RolloutId> list(EnvironmentId environment);
}

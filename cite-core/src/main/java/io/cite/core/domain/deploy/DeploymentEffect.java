package io.cite.core.domain.deploy;

/**
 * What the engine does next for a deployment. Each effect is idempotent; {@code
 * DeploymentReconciler} carries all of them out in one switch.
 */
public enum DeploymentEffect {
  /** Nothing. */
  NONE,
  /** Make the source host's deployment and report it as pending. */
  ANNOUNCE,
  /** Make the controller in the cluster, or adopt it. */
  ROLL_OUT,
  /** Check the pods, and again when the cluster says that something changed. */
  AWAIT_PODS,
  /** Switch the Service's selector, unless a newer deployment has it. */
  SWITCH_TRAFFIC,
  /** Check that pods take traffic. If none does in time, roll back to what was live before. */
  CONFIRM,
  /** Remove the controller of a deployment that ended without success. */
  REMOVE_ROLLOUT
}

package io.cite.core.domain.deploy;

/** The life of a deployment. */
public enum DeploymentState {
  /** Accepted; nothing was done yet. */
  REQUESTED,
  /** The source host knows of it. */
  ANNOUNCED,
  /** Its pods are being started. */
  ROLLING_OUT,
  /** Its pods are ready and take no traffic yet. */
  READY,
  /** It has the traffic. */
  LIVE,
  /** It had the traffic until a newer deployment took it. */
  RETIRED,
  /** It could not get the traffic, or none of its pods took it, for the cause given. */
  FAILED,
  /** A newer deployment made it pointless. */
  SUPERSEDED,
  /** A person stopped it. */
  CANCELLED;

  /** Whether it is on its way to become live. */
  public boolean isUnderWay() {
    return this == REQUESTED || this == ANNOUNCED || this == ROLLING_OUT || this == READY;
  }

  /** Whether it ended, and its pods are not to be kept. */
  public boolean isUnsuccessful() {
    return this == FAILED || this == SUPERSEDED || this == CANCELLED;
  }
}

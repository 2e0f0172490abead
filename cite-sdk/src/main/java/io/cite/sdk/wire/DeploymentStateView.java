package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** The state of a deployment. */
public enum DeploymentStateView {
  /** Recorded, nothing done yet. */
  REQUESTED,
  /** GitHub knows of it. */
  ANNOUNCED,
  /** Its pods are starting. */
  ROLLING_OUT,
  /** Its pods are ready, traffic still goes elsewhere. */
  READY,
  /** Traffic goes to it. */
  LIVE,
  /** Was live, another one is now. */
  RETIRED,
  /** Did not go live; see cause and evidence. */
  FAILED,
  /** A newer one came before it was live. */
  SUPERSEDED,
  /** A person stopped it before it was live. */
  CANCELLED,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DeploymentStateView parse(@Nullable String name) {
    return Wire.constant(DeploymentStateView.class, name, UNKNOWN);
  }

  /** Whether the attempt is over: live, once live, or ended without going live. */
  public boolean ended() {
    return this == LIVE || this == RETIRED || failed();
  }

  /** Whether it ended without ever going live. */
  public boolean failed() {
    return this == FAILED || this == SUPERSEDED || this == CANCELLED;
  }
}

package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** What an environment is doing. */
public enum EnvironmentStateView {
  /** Nothing was deployed yet. */
  EMPTY,
  /** A build is under way and nothing is live yet. */
  BUILDING,
  /** A deployment is under way. */
  DEPLOYING,
  /** The live deployment has all of its pods. */
  LIVE,
  /** Something is live, but pods are missing. */
  DEGRADED,
  /** The last deployment failed and nothing is live. */
  FAILED,
  /** Being removed. */
  DELETING,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static EnvironmentStateView parse(@Nullable String name) {
    return Wire.constant(EnvironmentStateView.class, name, UNKNOWN);
  }
}

package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** What a deployment came from. */
public enum DeploymentOriginView {
  /** A push, or a build that succeeded. */
  AUTO,
  /** A person or a tool asked for it. */
  MANUAL,
  /** An earlier deployment was made live again. */
  ROLLBACK,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DeploymentOriginView parse(@Nullable String name) {
    return Wire.constant(DeploymentOriginView.class, name, UNKNOWN);
  }
}

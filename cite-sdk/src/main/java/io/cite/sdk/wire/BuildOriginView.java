package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** What a build came from. */
public enum BuildOriginView {
  /** A push to the branch. */
  PUSH,
  /** A person or a tool asked for it. */
  MANUAL,
  /** Its commit status was seen before anything else of it. */
  OBSERVED,
  /** The sweep found a head of a branch without a build. */
  SWEEP,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BuildOriginView parse(@Nullable String name) {
    return Wire.constant(BuildOriginView.class, name, UNKNOWN);
  }
}

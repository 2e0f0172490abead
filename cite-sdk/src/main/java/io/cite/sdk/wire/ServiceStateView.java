package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** The state of a service. */
public enum ServiceStateView {
  /** The steps of its creation are under way. */
  CREATING,
  /** Every step is done. */
  READY,
  /** It works, but a step is still missing and is tried again by itself. */
  DEGRADED,
  /** Creation ended at a step; see the cause. */
  FAILED,
  /** What CITE made for it is being removed. */
  DELETING,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ServiceStateView parse(@Nullable String name) {
    return Wire.constant(ServiceStateView.class, name, UNKNOWN);
  }

  /** Whether creation has come to a result: nothing more happens without a cause from outside. */
  public boolean settled() {
    return this == READY || this == DEGRADED || this == FAILED;
  }
}

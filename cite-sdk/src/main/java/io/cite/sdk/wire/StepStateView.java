package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** The state of one step of a creation or deletion. */
public enum StepStateView {
  /** Not begun. */
  PENDING,
  /** Under way. */
  RUNNING,
  /** What it ensures is there. */
  DONE,
  /** What it ensures was there before. */
  ADOPTED,
  /** Not wanted by the server's configuration. */
  SKIPPED,
  /** Not there yet, tried again by itself. */
  DEGRADED,
  /** Given up; the detail says why. */
  FAILED,
  /** Was done and has been taken back. */
  UNDONE,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StepStateView parse(@Nullable String name) {
    return Wire.constant(StepStateView.class, name, UNKNOWN);
  }
}

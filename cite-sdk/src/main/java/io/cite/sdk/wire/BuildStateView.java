package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/** The state of a build. */
public enum BuildStateView {
  /** Asked for, not begun. */
  QUEUED,
  /** A worker builds it. */
  RUNNING,
  /** There is an image. */
  SUCCEEDED,
  /** The build itself failed, as a broken Dockerfile does. */
  FAILED,
  /** It could not be carried out. */
  ERRORED,
  /** No result came before the deadline. */
  TIMED_OUT,
  /** A person stopped it. */
  CANCELLED,
  /** A value that this version of the client does not know. */
  UNKNOWN;

  /** Reads the name on the wire; anything unknown becomes {@link #UNKNOWN}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BuildStateView parse(@Nullable String name) {
    return Wire.constant(BuildStateView.class, name, UNKNOWN);
  }

  /** Whether this is a final state. */
  public boolean ended() {
    return this != QUEUED && this != RUNNING && this != UNKNOWN;
  }
}

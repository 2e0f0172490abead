package io.cite.core.domain.build;

/** The life of a build. */
public enum BuildState {
  /** Expected or asked for; the builder has not begun. */
  QUEUED,
  /** The builder works on it. */
  RUNNING,
  /** It made an image that may be deployed. */
  SUCCEEDED,
  /** The builder says that it failed: the Dockerfile, a test. */
  FAILED,
  /** It could not be carried out or its result cannot be used. */
  ERRORED,
  /** No result came before the deadline. */
  TIMED_OUT,
  /** A person cancelled it. */
  CANCELLED;

  /** Whether the build ended without an image, and not because a person cancelled it. */
  public boolean isFailure() {
    return this == FAILED || this == ERRORED || this == TIMED_OUT;
  }

  /** Whether the build is over; a build that is over never changes its state again. */
  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }
}

package io.cite.core.domain.build;

/** What caused a build. */
public enum BuildOrigin {
  /** A push, as its webhook reported it. */
  PUSH,
  /** A person asked for it. */
  MANUAL,
  /** A commit status of a build that CITE had not heard of. */
  OBSERVED,
  /** A branch head without a build, found by the sweep. */
  SWEEP;

  /** Whether CITE asks the builder for such a build; else the builder heard of it by itself. */
  public boolean isOrdered() {
    return this == MANUAL || this == SWEEP;
  }
}

package io.cite.core.domain.source;

/** How one commit lies to another, as GitHub's compare API says it. */
public enum CommitRelation {
  /** Both are the same commit. */
  IDENTICAL,
  /** The head has the base among its ancestors. */
  AHEAD,
  /** The base has the head among its ancestors. */
  BEHIND,
  /** Neither is an ancestor of the other. */
  DIVERGED
}

package io.cite.core.port.cluster;

/** What there is under a namespace's name. */
public enum NamespaceFinding {
  /** There is no such namespace. */
  ABSENT,
  /** CITE made it. */
  OURS,
  /** It exists, and CITE did not make it. */
  FOREIGN,
  /** It is being deleted. */
  TERMINATING
}

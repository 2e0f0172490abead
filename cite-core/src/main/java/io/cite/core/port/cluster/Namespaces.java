package io.cite.core.port.cluster;

import io.cite.core.domain.service.Namespace;

/** The namespaces of repository owners. {@link Cluster} says what holds for all roles. */
public interface Namespaces {
  /**
   * Makes the namespace unless it is there.
   *
   * @param adopt whether one that CITE did not make may be used
   * @return whether this call made it
   * @throws io.cite.core.error.Conflict if it is not CITE's and may not be adopted
   * @throws io.cite.core.error.Upstream retryable while it is terminating
   */
  boolean ensure(Namespace namespace, String owner, boolean adopt);

  /** What {@link #ensure} would find. */
  NamespaceFinding lookUp(Namespace namespace);

  /** Removes the namespace if CITE made it and it holds no Service of CITE's. */
  void removeIfUnused(Namespace namespace);
}

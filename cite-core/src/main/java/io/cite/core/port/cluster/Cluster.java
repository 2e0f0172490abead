package io.cite.core.port.cluster;

/**
 * Where services run: Kubernetes. The cluster gives one object for each role; a part of the core is
 * given the roles that it needs, not the cluster.
 *
 * <p>This holds for all roles. Every method that changes something is idempotent: it finds what it
 * is about to make by its name and adopts it. Implementations are thread-safe, bound every call by
 * a timeout, and throw {@link io.cite.core.error.Upstream} (retryable for timeouts and 5xx,
 * permanent with the API server's words for 403 and 422) and {@link io.cite.core.error.Conflict}
 * with {@code FOREIGN_OBJECT} for an object of the name that CITE did not make. Each getter returns
 * the same object every time and does no I/O.
 */
public interface Cluster {
  /** The namespaces of repository owners. */
  Namespaces namespaces();

  /** The controllers and their pods. */
  Rollouts rollouts();

  /** The Services, and which rollout gets their traffic. */
  TrafficRouter traffic();

  /** The secret variables. */
  ClusterSecrets secrets();

  /** What the pods write. */
  PodLogs logs();

  /** All objects of CITE's, whatever their kind. */
  ClusterObjects objects();
}

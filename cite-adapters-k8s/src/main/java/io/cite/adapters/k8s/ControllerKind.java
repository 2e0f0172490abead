package io.cite.adapters.k8s;

/** Which kind of Kubernetes controller keeps a deployment's pods. */
public enum ControllerKind {
  /** {@code v1 ReplicationController}. */
  REPLICATION_CONTROLLER,
  /** {@code apps/v1 ReplicaSet}. */
  REPLICA_SET;

  /** Reads the configuration's spelling, {@code replication-controller} or {@code replica-set}. */
  public static ControllerKind parse(String text) {
    for (ControllerKind kind : values()) {
      if (kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-').equals(text)) {
        return kind;
      }
    }
    throw new io.cite.core.error.InvalidInput(
        "The controller kind '" + text + "' must be replication-controller or replica-set");
  }
}

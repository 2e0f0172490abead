package io.cite.adapters.k8s;

import io.cite.core.domain.service.Namespace;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.Namespaces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces of repository owners. One that CITE made carries its label; one that it was ordered to
 * adopt is used as it is and never removed.
 */
final class KubernetesNamespaces implements Namespaces {
  private final KubernetesClient client;
  private final Manifests manifests;
  private final GuardedDelete removal;

  KubernetesNamespaces(KubernetesClient client, Manifests manifests, GuardedDelete removal) {
    this.client = client;
    this.manifests = manifests;
    this.removal = removal;
  }

  @Override
  public boolean ensure(Namespace namespace, String owner, boolean adopt) {
    String operation = "create the namespace " + namespace;
    io.fabric8.kubernetes.api.model.Namespace found =
        KubernetesFailures.call(operation, () -> get(namespace));
    if (found == null) {
      found = KubernetesFailures.call(operation, () -> create(namespace, owner));
      if (found == null) {
        return true;
      }
    }
    requireUsable(found, owner, adopt, operation);
    return false;
  }

  /** Makes it; answers null if it did, else the one that somebody made in between. */
  private io.fabric8.kubernetes.api.model.@Nullable Namespace create(
      Namespace namespace, String owner) {
    try {
      client.resource(manifests.namespace(namespace, owner)).create();
      return null;
    } catch (KubernetesClientException e) {
      io.fabric8.kubernetes.api.model.Namespace other = e.getCode() == 409 ? get(namespace) : null;
      if (other == null) {
        throw e;
      }
      return other;
    }
  }

  private static void requireUsable(
      io.fabric8.kubernetes.api.model.Namespace found,
      String owner,
      boolean adopt,
      String operation) {
    String name = found.getMetadata().getName();
    if (isTerminating(found)) {
      throw Upstream.retryable(
          KubernetesFailures.SYSTEM,
          operation,
          "the former one of that name is still being deleted",
          null);
    }
    if (!Labels.isOurs(found)) {
      if (!adopt) {
        throw new Conflict(
            ErrorCode.FOREIGN_OBJECT,
            "The namespace "
                + name
                + " exists, was not created by CITE, and is not in kubernetes.adoptNamespaces");
      }
      return;
    }
    String known = Labels.annotation(found, Labels.OWNER);
    if (known != null && !known.equalsIgnoreCase(owner)) {
      throw new Conflict(
          ErrorCode.NAME_COLLISION,
          "The owners " + known + " and " + owner + " would share the namespace " + name);
    }
  }

  @Override
  public NamespaceFinding lookUp(Namespace namespace) {
    io.fabric8.kubernetes.api.model.Namespace found =
        KubernetesFailures.call("read the namespace " + namespace, () -> get(namespace));
    if (found == null) {
      return NamespaceFinding.ABSENT;
    }
    if (isTerminating(found)) {
      return NamespaceFinding.TERMINATING;
    }
    return Labels.isOurs(found) ? NamespaceFinding.OURS : NamespaceFinding.FOREIGN;
  }

  @Override
  public void removeIfUnused(Namespace namespace) {
    KubernetesFailures.run(
        "remove the namespace " + namespace,
        () ->
            removal.delete(
                () -> {
                  io.fabric8.kubernetes.api.model.Namespace found = get(namespace);
                  boolean free =
                      found != null
                          && Labels.isOurs(found)
                          && client
                              .services()
                              .inNamespace(namespace.value())
                              .withLabel(Labels.MANAGED_BY, Labels.CITE)
                              .list()
                              .getItems()
                              .isEmpty();
                  return free ? found : null;
                }));
  }

  private io.fabric8.kubernetes.api.model.@Nullable Namespace get(Namespace namespace) {
    return client.namespaces().withName(namespace.value()).get();
  }

  private static boolean isTerminating(io.fabric8.kubernetes.api.model.Namespace namespace) {
    return namespace.getMetadata().getDeletionTimestamp() != null
        || (namespace.getStatus() != null
            && "Terminating".equals(namespace.getStatus().getPhase()));
  }
}

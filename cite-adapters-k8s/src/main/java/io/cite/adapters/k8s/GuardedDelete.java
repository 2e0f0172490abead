package io.cite.adapters.k8s;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an object only if it is still the one that was read: the API server compares the uid.
 * What depends on the object is deleted in the background.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion">Cascading
 *     deletion</a>
 */
final class GuardedDelete {
  private static final int ATTEMPTS = 3;

  private final KubernetesClient client;

  GuardedDelete(KubernetesClient client) {
    this.client = client;
  }

  /** Deletes what the reading gives, until it gives nothing; it may refuse by throwing. */
  void delete(Supplier<? extends @Nullable HasMetadata> reading) {
    KubernetesClientException last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      HasMetadata found = reading.get();
      if (found == null || found.getMetadata().getDeletionTimestamp() != null) {
        return;
      }
      try {
        client.raw(path(found), "DELETE", options(found));
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() == 404) {
          return;
        }
        if (e.getCode() != 409) {
          throw e;
        }
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  private static DeleteOptions options(HasMetadata object) {
    return new DeleteOptionsBuilder()
        .withPropagationPolicy("Background")
        .withNewPreconditions()
        .withUid(object.getMetadata().getUid())
        .endPreconditions()
        .build();
  }

  private static String path(HasMetadata object) {
    String version = object.getApiVersion();
    String namespace = object.getMetadata().getNamespace();
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + (namespace == null ? "" : "/namespaces/" + namespace)
        + "/"
        + object.getPlural()
        + "/"
        + object.getMetadata().getName();
  }
}

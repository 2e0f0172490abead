package io.cite.adapters.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What CITE reads of a controller, whatever its kind.
 *
 * @param object the object as the API server gave it
 * @param replicas how many pods it shall have
 * @param image image of its pods' first container
 * @param failure why it cannot make its pods, in the API server's words; null if it can
 */
record Controller(HasMetadata object, int replicas, String image, @Nullable String failure) {
  String name() {
    return object.getMetadata().getName();
  }

  boolean isBeingDeleted() {
    return object.getMetadata().getDeletionTimestamp() != null;
  }
}

package io.cite.adapters.k8s;

import io.fabric8.kubernetes.api.model.Pod;

/** What a pod's status says. */
final class Pods {
  private Pods() {}

  static boolean isEnding(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether it has ended by itself or was evicted: nothing of it runs any more. */
  static boolean isOver(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  static boolean isReady(Pod pod) {
    return !isEnding(pod)
        && pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }
}

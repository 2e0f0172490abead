package io.cite.adapters.k8s;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/** Optimistic concurrency: reads, decides and writes again if somebody wrote in between. */
final class Retry {
  private static final int ATTEMPTS = 8;

  private Retry() {}

  /** Runs it until it meets no conflict, at most a few times; it must read anew each time. */
  static <T> T onConflict(Supplier<T> readAndWrite) {
    for (int attempt = 1; ; attempt++) {
      try {
        return readAndWrite.get();
      } catch (KubernetesClientException e) {
        if (e.getCode() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}

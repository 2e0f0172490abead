package io.cite.adapters.k8s;

import io.cite.core.error.CiteException;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the client's exceptions become CITE's. Refusals (400, 403, 422) are permanent and carry the
 * API server's words, rate limits (429) say how long to wait, everything that may go away is
 * retryable.
 *
 * @see <a
 *     href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#response-status-kind">Status
 *     codes of the API</a>
 */
final class KubernetesFailures {
  static final String SYSTEM = "Kubernetes";
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

  private KubernetesFailures() {}

  /** Makes a call, and translates its failure. */
  static <T> T call(String operation, Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw translate(operation, e);
    }
  }

  /** Makes a call, and translates its failure. */
  static void run(String operation, Runnable call) {
    try {
      call.run();
    } catch (KubernetesClientException e) {
      throw translate(operation, e);
    }
  }

  static CiteException translate(String operation, KubernetesClientException e) {
    String why = words(e);
    int code = e.getCode();
    if (code == 404) {
      return new NotFound("CITE could not " + operation + " (Kubernetes): " + why + ".");
    }
    if (code == 409) {
      return new Conflict(
          ErrorCode.PRECONDITION_FAILED,
          "CITE could not " + operation + " (Kubernetes): " + why + ".");
    }
    if (code == 429) {
      return Upstream.limited(SYSTEM, operation, why, retryAfter(e), e);
    }
    boolean refused = code >= 400 && code < 500 && code != 408;
    return refused && !isTerminating(e)
        ? Upstream.permanent(SYSTEM, operation, why, e)
        : Upstream.retryable(SYSTEM, operation, why, e);
  }

  /** Whether a create was refused because the namespace is being deleted. */
  private static boolean isTerminating(KubernetesClientException e) {
    return e.getCode() == 403 && words(e).contains("is being terminated");
  }

  private static Duration retryAfter(KubernetesClientException e) {
    Status status = e.getStatus();
    Integer seconds =
        status == null || status.getDetails() == null
            ? null
            : status.getDetails().getRetryAfterSeconds();
    return seconds == null || seconds < 1 ? DEFAULT_WAIT : Duration.ofSeconds(seconds);
  }

  /** One sentence for the log about a watch that could not be begun. */
  static String ofWatch(Throwable failure) {
    KubernetesClientException known =
        failure instanceof KubernetesClientException e
            ? e
            : failure.getCause() instanceof KubernetesClientException cause
                ? cause
                : new KubernetesClientException("watch", failure);
    return "CITE could not watch the cluster (Kubernetes): " + words(known) + ". CITE tries again.";
  }

  @SuppressWarnings("ReferenceEquality") // an exception may be its own cause
  private static String words(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status != null && status.getMessage() != null && !status.getMessage().isBlank()) {
      return status.getMessage();
    }
    if (e.getCode() >= 400) {
      return "the API server answered " + e.getCode();
    }
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage();
    return "the API server did not answer: "
        + (text == null || text.isBlank() ? "the connection failed" : text);
  }
}

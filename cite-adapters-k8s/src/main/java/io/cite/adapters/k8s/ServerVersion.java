package io.cite.adapters.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the API server can do, by its version. It is asked again after a while, because clusters are
 * upgraded while CITE runs. Thread-safe.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations">Hook
 *     handlers: Sleep</a>
 */
final class ServerVersion {
  private static final long AGE = Duration.ofMinutes(10).toNanos();
  private static final int SLEEP_ACTION = 30;

  private record Known(int major, int minor, long at) {}

  private final KubernetesClient client;
  private final LongSupplier nanos;
  private volatile @Nullable Known known;

  /**
   * The version behind a client.
   *
   * @param nanos a clock that never jumps
   */
  ServerVersion(KubernetesClient client, LongSupplier nanos) {
    this.client = client;
    this.nanos = nanos;
  }

  /**
   * Whether a pod's hook can be a sleep of the kubelet's: beta and on since 1.30.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the server does not answer
   */
  boolean hasSleepAction() {
    Known now = known();
    return now.major() > 1 || now.minor() >= SLEEP_ACTION;
  }

  private Known known() {
    Known last = known;
    long now = nanos.getAsLong();
    if (last == null || now - last.at() > AGE) {
      VersionInfo version = client.getKubernetesVersion();
      last = new Known(number(version.getMajor()), number(version.getMinor()), now);
      known = last;
    }
    return last;
  }

  /** Some vendors write {@code 30+}; what is no number counts as an old version. */
  private static int number(@Nullable String text) {
    String digits = text == null ? "" : text.replaceAll("[^0-9].*", "");
    return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
  }
}

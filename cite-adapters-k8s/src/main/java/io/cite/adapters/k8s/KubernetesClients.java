package io.cite.adapters.k8s;

import io.cite.core.error.InvalidInput;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes clients of an API server whose calls are bounded. Making one does no I/O on the network.
 */
public final class KubernetesClients {
  /** CITE retries by itself, with what it knows of each call; the client only bridges a hiccup. */
  private static final int RETRIES = 1;

  private static final int RETRY_AFTER_MILLIS = 200;
  private static final int CONNECT_MILLIS = 5_000;

  private KubernetesClients() {}

  /**
   * A client of the cluster that a kubeconfig file names.
   *
   * @param kubeconfig the file; null for the service account of the pod that CITE runs in, or what
   *     {@code KUBECONFIG} names
   * @param callTimeout bound of each call
   * @throws InvalidInput if there is no such file
   */
  public static KubernetesClient connect(@Nullable Path kubeconfig, Duration callTimeout) {
    return build(base(kubeconfig), callTimeout);
  }

  /** A client of the API server at a URL that asks for no credentials, such as a sandbox. */
  public static KubernetesClient connectTo(String url, Duration callTimeout) {
    return build(new ConfigBuilder(Config.empty()).withMasterUrl(url).build(), callTimeout);
  }

  private static Config base(@Nullable Path kubeconfig) {
    if (kubeconfig == null) {
      return Config.autoConfigure(null);
    }
    File file = kubeconfig.toFile();
    if (!Files.isReadable(kubeconfig)) {
      throw new InvalidInput("The kubeconfig " + file + " cannot be read");
    }
    return Config.fromKubeconfig(file);
  }

  private static KubernetesClient build(Config base, Duration callTimeout) {
    int millis = Math.toIntExact(callTimeout.toMillis());
    Config config =
        new ConfigBuilder(base)
            .withConnectionTimeout(Math.min(CONNECT_MILLIS, millis))
            .withRequestTimeout(millis)
            .withRequestRetryBackoffLimit(RETRIES)
            .withRequestRetryBackoffInterval(RETRY_AFTER_MILLIS)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }
}

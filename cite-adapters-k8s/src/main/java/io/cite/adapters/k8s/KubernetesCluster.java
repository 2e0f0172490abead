package io.cite.adapters.k8s;

import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.ClusterObjects;
import io.cite.core.port.cluster.ClusterSecrets;
import io.cite.core.port.cluster.Namespaces;
import io.cite.core.port.cluster.PodLogs;
import io.cite.core.port.cluster.Rollouts;
import io.cite.core.port.cluster.TrafficRouter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The cluster behind a Kubernetes API server. Making one does no I/O; watches begin with the first
 * rollout that is observed or the first subscription, and from then on observing costs no call.
 * Thread-safe. Closing it ends its watches, not the client.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/">Kubernetes API</a>
 */
public final class KubernetesCluster implements Cluster, AutoCloseable {
  private final ClusterCache cache;
  private final KubernetesNamespaces namespaces;
  private final KubernetesServices services;
  private final KubernetesSecrets secrets;
  private final KubernetesRollouts rollouts;
  private final KubernetesPodLogs logs;
  private final KubernetesObjects objects;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cite-kubernetes-logs");
            thread.setDaemon(true);
            return thread;
          });

  /** A cluster over a client that stays the caller's. */
  public KubernetesCluster(KubernetesClient client, KubernetesSettings settings) {
    ServerVersion version = new ServerVersion(client, System::nanoTime);
    Manifests manifests = new Manifests(settings, version::hasSleepAction);
    Controllers<?> controllers = Controllers.of(settings.controller(), client, manifests);
    cache = new ClusterCache(client, controllers);
    GuardedDelete removal = new GuardedDelete(client);
    namespaces = new KubernetesNamespaces(client, manifests, removal);
    secrets = new KubernetesSecrets(client, manifests);
    EvidenceCache evidence =
        new EvidenceCache(new EvidenceCollector(client, secrets), System::nanoTime);
    rollouts = new KubernetesRollouts(client, controllers, cache, removal, evidence);
    services = new KubernetesServices(client, settings, manifests, cache, rollouts::pods);
    logs = new KubernetesPodLogs(client, secrets, cache, executor);
    objects = new KubernetesObjects(services, rollouts, secrets, removal, cache);
  }

  @Override
  public Namespaces namespaces() {
    return namespaces;
  }

  @Override
  public Rollouts rollouts() {
    return rollouts;
  }

  @Override
  public TrafficRouter traffic() {
    return services;
  }

  @Override
  public ClusterSecrets secrets() {
    return secrets;
  }

  @Override
  public PodLogs logs() {
    return logs;
  }

  @Override
  public ClusterObjects objects() {
    return objects;
  }

  @Override
  public void close() {
    cache.close();
    executor.shutdownNow();
  }
}

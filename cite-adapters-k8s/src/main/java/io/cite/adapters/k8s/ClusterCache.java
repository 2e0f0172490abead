package io.cite.adapters.k8s;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.RolloutId;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CITE's controllers, pods, Services and their endpoints as the API server last reported them: four
 * watches on the whole cluster, begun when first needed. If a watch is broken, the cache says that
 * it does not know; it never takes a broken watch for a change. Thread-safe.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">Watches</a>
 */
final class ClusterCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCache.class);
  private static final String BY_ROLLOUT = "rollout";

  /** What a cache holds of a rollout. */
  record Cached(@Nullable Controller controller, List<Pod> pods) {}

  /** What a cache holds of an environment. */
  record CachedService(@Nullable Service service) {}

  private final KubernetesClient client;
  private final Controllers<?> kind;
  private final List<Consumer<HasMetadata>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean broken = new AtomicBoolean();
  private @Nullable Informers<?> informers;
  private boolean closed;

  ClusterCache(KubernetesClient client, Controllers<?> kind) {
    this.client = client;
    this.kind = kind;
  }

  /** What is known of the rollout; null if the cache is not up to date. */
  @Nullable Cached lookUp(RolloutId rollout) {
    Informers<?> started = started();
    return started == null ? null : started.lookUp(rollout);
  }

  /** What is known of the environment's Service; null if the cache is not up to date. */
  @Nullable CachedService service(EnvironmentId environment) {
    Informers<?> started = started();
    return started == null ? null : started.service(environment);
  }

  /** Calls the listener with each object that appears, changes or goes. */
  Subscription listen(Consumer<HasMetadata> listener) {
    listeners.add(listener);
    started();
    return () -> listeners.remove(listener);
  }

  /** Calls the listener with the environment of each object that appears, changes or goes. */
  Subscription watch(Consumer<EnvironmentId> changed) {
    return listen(object -> Labels.environment(object).ifPresent(changed));
  }

  private synchronized @Nullable Informers<?> started() {
    if (informers == null && !closed) {
      informers = new Informers<>(client, kind, this::tell, this::watchFailed);
    }
    if (informers != null && informers.areCurrent() && broken.compareAndSet(true, false)) {
      LOG.info("CITE watches the cluster again.");
    }
    return informers;
  }

  /** Said once until all watches work again: each of them is tried several times a minute. */
  private void watchFailed(Throwable failure) {
    if (broken.compareAndSet(false, true)) {
      LOG.warn(KubernetesFailures.ofWatch(failure));
    }
  }

  private void tell(HasMetadata object) {
    listeners.forEach(listener -> listener.accept(object));
  }

  @Override
  public synchronized void close() {
    closed = true;
    listeners.clear();
    if (informers != null) {
      informers.stop();
      informers = null;
    }
  }

  private static String key(String namespace, String instance, String deployment) {
    return namespace + "/" + instance + "/" + deployment;
  }

  private static List<String> rolloutOf(HasMetadata pod) {
    String instance = Labels.label(pod, Labels.INSTANCE);
    String deployment = Labels.label(pod, Labels.DEPLOYMENT);
    return instance == null || deployment == null
        ? List.of()
        : List.of(key(pod.getMetadata().getNamespace(), instance, deployment));
  }

  /** The four watches. */
  private static final class Informers<T extends HasMetadata> {
    private final Controllers<T> kind;
    private final SharedIndexInformer<T> controllers;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<Endpoints> endpoints;

    Informers(
        KubernetesClient client,
        Controllers<T> kind,
        Consumer<HasMetadata> tell,
        Consumer<Throwable> failed) {
      this.kind = kind;
      controllers = kind.informer();
      pods =
          client
              .pods()
              .inAnyNamespace()
              .withLabel(Labels.MANAGED_BY, Labels.CITE)
              .runnableInformer(0)
              .addIndexers(Map.of(BY_ROLLOUT, ClusterCache::rolloutOf));
      services =
          client
              .services()
              .inAnyNamespace()
              .withLabel(Labels.MANAGED_BY, Labels.CITE)
              .runnableInformer(0);
      endpoints =
          client
              .endpoints()
              .inAnyNamespace()
              .withLabel(Labels.MANAGED_BY, Labels.CITE)
              .runnableInformer(0);
      begin(controllers, tell, failed);
      begin(pods, tell, failed);
      begin(services, tell, failed);
      begin(endpoints, changed -> tellOfService(changed, tell), failed);
    }

    /** Endpoints have their Service's name and labels, but none of its annotations. */
    private void tellOfService(HasMetadata changed, Consumer<HasMetadata> tell) {
      Service service =
          services
              .getStore()
              .getByKey(
                  changed.getMetadata().getNamespace() + "/" + changed.getMetadata().getName());
      if (service != null) {
        tell.accept(service);
      }
    }

    private static <R extends HasMetadata> void begin(
        SharedIndexInformer<R> informer, Consumer<HasMetadata> tell, Consumer<Throwable> failed) {
      informer.addEventHandler(
          new ResourceEventHandler<R>() {
            @Override
            public void onAdd(R object) {
              tell.accept(object);
            }

            @Override
            public void onUpdate(R before, R object) {
              tell.accept(object);
            }

            @Override
            public void onDelete(R object, boolean finalStateUnknown) {
              tell.accept(object);
            }
          });
      informer.exceptionHandler(
          (started, problem) -> {
            failed.accept(problem);
            return true;
          });
      informer.start();
    }

    @Nullable Cached lookUp(RolloutId rollout) {
      if (!isCurrent(controllers) || !isCurrent(pods)) {
        return null;
      }
      String namespace = rollout.environment().namespace().value();
      T controller = controllers.getStore().getByKey(namespace + "/" + rollout.name());
      List<Pod> found =
          pods.getIndexer()
              .byIndex(
                  BY_ROLLOUT,
                  key(namespace, rollout.environment().name(), Long.toString(rollout.seq())));
      return new Cached(controller == null ? null : kind.view(controller), found);
    }

    @Nullable CachedService service(EnvironmentId environment) {
      return isCurrent(services)
          ? new CachedService(
              services.getStore().getByKey(environment.namespace() + "/" + environment.name()))
          : null;
    }

    boolean areCurrent() {
      return isCurrent(controllers)
          && isCurrent(pods)
          && isCurrent(services)
          && isCurrent(endpoints);
    }

    private static boolean isCurrent(SharedIndexInformer<?> informer) {
      return informer.hasSynced() && informer.isWatching();
    }

    void stop() {
      controllers.stop();
      pods.stop();
      services.stop();
      endpoints.stop();
    }
  }
}

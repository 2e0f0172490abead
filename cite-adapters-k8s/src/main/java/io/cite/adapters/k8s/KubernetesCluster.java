package io.cite.adapters.k8s;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Secret;
import io.cite.core.port.Cluster;
import io.cite.core.port.Subscription;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster behind a Kubernetes API server. Making one does no I/O; watches begin with the first
 * {@link #observe} or {@link #watch}, and from then on observing a rollout costs no call.
 * Thread-safe. Closing it ends its watches, not the client.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/">Kubernetes API</a>
 */
public final class KubernetesCluster implements Cluster, AutoCloseable {
  private final KubernetesClient client;
  private final ClusterCache cache;
  private final GuardedDelete removal;
  private final Namespaces namespaces;
  private final Services services;
  private final Secrets secrets;
  private final Rollouts rollouts;
  private final PodLogs logs;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "cite-kubernetes-logs");
            thread.setDaemon(true);
            return thread;
          });

  /** A cluster over a client that stays the caller's. */
  public KubernetesCluster(KubernetesClient client, KubernetesSettings settings) {
    this.client = client;
    Manifests manifests = new Manifests(settings);
    Controllers<?> controllers = Controllers.of(settings.controller(), client, manifests);
    cache = new ClusterCache(client, controllers);
    removal = new GuardedDelete(client);
    namespaces = new Namespaces(client, manifests, removal);
    secrets = new Secrets(client, manifests);
    EvidenceCache evidence =
        new EvidenceCache(new EvidenceCollector(client, secrets), System::nanoTime);
    rollouts = new Rollouts(client, controllers, cache, removal, evidence);
    services = new Services(client, settings, manifests, rollouts::pods);
    logs = new PodLogs(client, secrets);
  }

  @Override
  public boolean ensureNamespace(Namespace namespace, String owner, boolean adopt) {
    return namespaces.ensure(namespace, owner, adopt);
  }

  @Override
  public NamespaceFinding lookUpNamespace(Namespace namespace) {
    return namespaces.lookUp(namespace);
  }

  @Override
  public void removeNamespaceIfUnused(Namespace namespace) {
    namespaces.removeIfUnused(namespace);
  }

  @Override
  public boolean ensureService(EnvironmentId environment, ContainerPorts ports) {
    return services.ensure(environment, ports);
  }

  /** Service first, so that no traffic goes to pods that are being removed. */
  @Override
  public void removeEnvironment(EnvironmentId environment) {
    KubernetesFailures.run(
        "remove the environment " + environment,
        () -> removal.delete(() -> ours(services.get(environment), environment)));
    rollouts.of(environment).forEach(rollouts::remove);
    KubernetesFailures.run(
        "remove the secret variables of " + environment,
        () -> removal.delete(() -> ours(secrets.get(environment), environment)));
  }

  /** The object if it is this environment's; else nothing, for it is not to be touched. */
  private static @Nullable HasMetadata ours(
      @Nullable HasMetadata object, EnvironmentId environment) {
    return object == null
        ? null
        : Labels.environment(object).filter(environment::equals).map(e -> object).orElse(null);
  }

  @Override
  public void putSecrets(EnvironmentId environment, Map<String, Secret> values) {
    secrets.put(environment, values);
  }

  @Override
  public void copySecrets(EnvironmentId from, EnvironmentId to) {
    secrets.copy(from, to);
  }

  @Override
  public String rollOut(RolloutSpec spec) {
    return rollouts.rollOut(spec);
  }

  @Override
  public RolloutStatus observe(RolloutId rollout) {
    return rollouts.observe(rollout);
  }

  @Override
  public SwitchResult switchTraffic(EnvironmentId environment, long seq, RolloutId rollout) {
    return services.switchTraffic(environment, seq, rollout);
  }

  @Override
  public Optional<Traffic> traffic(EnvironmentId environment) {
    return services.traffic(environment);
  }

  @Override
  public void scale(RolloutId rollout, int replicas) {
    rollouts.scale(rollout, replicas);
  }

  @Override
  public void remove(RolloutId rollout) {
    rollouts.remove(rollout);
  }

  @Override
  public List<RolloutId> rollouts(EnvironmentId environment) {
    return rollouts.of(environment);
  }

  @Override
  public List<ClusterObject> inventory() {
    return KubernetesFailures.call(
        "list the objects that CITE created",
        () ->
            Stream.concat(services.all().stream(), rollouts.all().stream().map(Controller::object))
                .flatMap(object -> clusterObject(object).stream())
                .toList());
  }

  private static Optional<ClusterObject> clusterObject(HasMetadata object) {
    return Labels.environment(object)
        .map(env -> new ClusterObject(env.namespace(), env.name(), Labels.seq(object)));
  }

  @Override
  public List<LogLine> logs(
      EnvironmentId environment, @Nullable RolloutId rollout, LogQuery query) {
    return logs.read(environment, rollout, query);
  }

  @Override
  public Subscription followLogs(EnvironmentId environment, Consumer<LogLine> lines) {
    return KubernetesFailures.call(
        "follow the logs of " + environment,
        () ->
            new LogFollower(client, environment, secrets.mask(environment), lines, executor)
                .start(logs.pods(environment, null), cache));
  }

  @Override
  public Subscription watch(Consumer<EnvironmentId> changed) {
    return cache.watch(changed);
  }

  @Override
  public Optional<String> address(EnvironmentId environment) {
    return services.address(environment);
  }

  @Override
  public void close() {
    cache.close();
    executor.shutdownNow();
  }
}

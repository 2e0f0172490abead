package io.cite.adapters.k8s;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.ClusterObject;
import io.cite.core.port.cluster.ClusterObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Services, controllers and Secrets together. */
final class KubernetesObjects implements ClusterObjects {
  private final KubernetesServices services;
  private final KubernetesRollouts rollouts;
  private final KubernetesSecrets secrets;
  private final GuardedDelete removal;
  private final ClusterCache cache;

  KubernetesObjects(
      KubernetesServices services,
      KubernetesRollouts rollouts,
      KubernetesSecrets secrets,
      GuardedDelete removal,
      ClusterCache cache) {
    this.services = services;
    this.rollouts = rollouts;
    this.secrets = secrets;
    this.removal = removal;
    this.cache = cache;
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

  /** Service first, so that no traffic goes to pods that are being removed. */
  @Override
  public void removeAllOf(EnvironmentId environment) {
    KubernetesFailures.run(
        "remove the environment " + environment,
        () -> removal.delete(() -> ours(services.get(environment), environment)));
    rollouts.list(environment).forEach(rollouts::remove);
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
  public Subscription watch(Consumer<EnvironmentId> changed) {
    return cache.watch(changed);
  }
}

package io.cite.adapters.k8s;

import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls on controllers, the same for both kinds. Failures are the client's own.
 *
 * @param <T> the client's type of the controller
 */
final class Controllers<T extends HasMetadata> {
  private static final String REPLICA_FAILURE = "ReplicaFailure";
  private static final String TRUE = "True";

  private final MixedOperation<T, ? extends KubernetesResourceList<T>, ? extends Resource<T>> calls;
  private final Function<RolloutSpec, T> manifest;
  private final ToIntFunction<T> replicas;
  private final BiConsumer<T, Integer> setReplicas;
  private final Function<T, @Nullable PodTemplateSpec> template;
  private final Function<T, @Nullable String> failure;

  private Controllers(
      MixedOperation<T, ? extends KubernetesResourceList<T>, ? extends Resource<T>> calls,
      Function<RolloutSpec, T> manifest,
      ToIntFunction<T> replicas,
      BiConsumer<T, Integer> setReplicas,
      Function<T, @Nullable PodTemplateSpec> template,
      Function<T, @Nullable String> failure) {
    this.calls = calls;
    this.manifest = manifest;
    this.replicas = replicas;
    this.setReplicas = setReplicas;
    this.template = template;
    this.failure = failure;
  }

  static Controllers<?> of(ControllerKind kind, KubernetesClient client, Manifests manifests) {
    return switch (kind) {
      case REPLICATION_CONTROLLER -> replicationControllers(client, manifests);
      case REPLICA_SET -> replicaSets(client, manifests);
    };
  }

  private static Controllers<ReplicationController> replicationControllers(
      KubernetesClient client, Manifests manifests) {
    return new Controllers<>(
        client.replicationControllers(),
        manifests::replicationController,
        c -> orOne(c.getSpec().getReplicas()),
        (c, n) -> c.getSpec().setReplicas(n),
        c -> c.getSpec().getTemplate(),
        c ->
            c.getStatus() == null
                ? null
                : c.getStatus().getConditions().stream()
                    .filter(x -> REPLICA_FAILURE.equals(x.getType()) && TRUE.equals(x.getStatus()))
                    .map(x -> x.getMessage())
                    .findFirst()
                    .orElse(null));
  }

  private static Controllers<ReplicaSet> replicaSets(KubernetesClient client, Manifests manifests) {
    return new Controllers<>(
        client.apps().replicaSets(),
        manifests::replicaSet,
        c -> orOne(c.getSpec().getReplicas()),
        (c, n) -> c.getSpec().setReplicas(n),
        c -> c.getSpec().getTemplate(),
        c ->
            c.getStatus() == null
                ? null
                : c.getStatus().getConditions().stream()
                    .filter(x -> REPLICA_FAILURE.equals(x.getType()) && TRUE.equals(x.getStatus()))
                    .map(x -> x.getMessage())
                    .findFirst()
                    .orElse(null));
  }

  private static int orOne(@Nullable Integer count) {
    return count == null ? 1 : count;
  }

  Controller create(RolloutSpec spec) {
    return view(calls.resource(manifest.apply(spec)).create());
  }

  @Nullable Controller get(RolloutId rollout) {
    T found = read(rollout);
    return found == null ? null : view(found);
  }

  private @Nullable T read(RolloutId rollout) {
    return calls
        .inNamespace(rollout.environment().namespace().value())
        .withName(rollout.name())
        .get();
  }

  /** Those with these labels, in one namespace or, if it is null, in all. */
  List<Controller> list(@Nullable String namespace, Map<String, String> labels) {
    return (namespace == null
            ? calls.inAnyNamespace().withLabels(labels).list()
            : calls.inNamespace(namespace).withLabels(labels).list())
        .getItems().stream().map(this::view).toList();
  }

  /**
   * Sets the number of pods of the controller as it was read just now.
   *
   * @return whether there is such a controller
   */
  boolean scale(RolloutId rollout, int count) {
    T found = read(rollout);
    if (found == null) {
      return false;
    }
    Labels.requireOurs(found, rollout.environment());
    if (replicas.applyAsInt(found) != count) {
      setReplicas.accept(found, count);
      calls.resource(found).lockResourceVersion(found.getMetadata().getResourceVersion()).update();
    }
    return true;
  }

  SharedIndexInformer<T> informer() {
    return calls.inAnyNamespace().withLabel(Labels.MANAGED_BY, Labels.CITE).runnableInformer(0);
  }

  /** The view of an object that came from {@link #informer()}. */
  Controller view(T object) {
    PodTemplateSpec pods = template.apply(object);
    String image =
        pods == null || pods.getSpec() == null || pods.getSpec().getContainers().isEmpty()
            ? ""
            : pods.getSpec().getContainers().get(0).getImage();
    return new Controller(object, replicas.applyAsInt(object), image, failure.apply(object));
  }
}

package io.cite.adapters.k8s;

import io.cite.core.domain.deploy.Evidence;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.Blocker;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.Rollouts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The controllers of deployments and what their pods look like. Thread-safe. */
final class KubernetesRollouts implements Rollouts {
  private static final long BELIEF = Duration.ofSeconds(15).toNanos();

  private final KubernetesClient client;
  private final Controllers<?> controllers;
  private final ClusterCache cache;
  private final GuardedDelete removal;
  private final EvidenceCache evidence;

  /** Rollouts that this process wrote to since the cache was last seen to agree. */
  private final Set<RolloutId> written = Collections.synchronizedSet(new Recent<>());

  /** When a rollout that is not ready was last read past the cache, by a clock that never jumps. */
  private final Map<RolloutId, Long> readAt = new ConcurrentHashMap<>();

  KubernetesRollouts(
      KubernetesClient client,
      Controllers<?> controllers,
      ClusterCache cache,
      GuardedDelete removal,
      EvidenceCache evidence) {
    this.client = client;
    this.controllers = controllers;
    this.cache = cache;
    this.removal = removal;
    this.evidence = evidence;
  }

  @Override
  public String rollOut(RolloutSpec spec) {
    String operation = "create the controller " + spec.id().name();
    written.add(spec.id());
    return KubernetesFailures.call(operation, () -> create(spec, operation)).name();
  }

  private Controller create(RolloutSpec spec, String operation) {
    try {
      return controllers.create(spec);
    } catch (KubernetesClientException e) {
      Controller found = e.getCode() == 409 ? controllers.get(spec.id()) : null;
      if (found == null) {
        throw e;
      }
      return adopt(found, spec, operation);
    }
  }

  private static Controller adopt(Controller found, RolloutSpec spec, String operation) {
    Labels.requireOurs(found.object(), spec.id().environment());
    if (found.isBeingDeleted()) {
      throw Upstream.retryable(
          KubernetesFailures.SYSTEM,
          operation,
          "the former one of that name is still being deleted",
          null);
    }
    Map<String, String> labels = found.object().getMetadata().getLabels();
    boolean same =
        labels.entrySet().containsAll(Labels.of(spec.id(), spec.commit()).entrySet())
            && found.image().equals(spec.image().toString());
    if (!same) {
      throw new Conflict(
          ErrorCode.FOREIGN_OBJECT,
          "The controller "
              + found.name()
              + " exists with another image or commit: "
              + found.image());
    }
    return found;
  }

  @Override
  public RolloutStatus observe(RolloutId rollout) {
    return KubernetesFailures.call("check the controller " + rollout.name(), () -> read(rollout));
  }

  private RolloutStatus read(RolloutId rollout) {
    ClusterCache.Cached cached = isDue(rollout) ? null : cache.lookUp(rollout);
    Controller controller = cached == null ? null : cached.controller();
    if (controller == null || written.contains(rollout)) {
      Controller read = controllers.get(rollout);
      if (cached != null && Objects.equals(version(read), version(controller))) {
        written.remove(rollout);
      }
      controller = read;
    }
    if (controller == null || controller.isBeingDeleted()) {
      evidence.forget(rollout);
      readAt.remove(rollout);
      return RolloutStatus.ABSENT;
    }
    Labels.requireOurs(controller.object(), rollout.environment());
    List<Pod> pods = cached == null ? pods(rollout) : cached.pods();
    int wanted = controller.replicas();
    int ready = (int) pods.stream().filter(Pods::isReady).count();
    int ending = (int) pods.stream().filter(p -> Pods.isEnding(p) && !Pods.isOver(p)).count();
    int running = (int) pods.stream().filter(p -> !Pods.isEnding(p) && !Pods.isOver(p)).count();
    if (ready >= wanted) {
      readAt.remove(rollout);
      evidence.forget(rollout);
      return new RolloutStatus(true, wanted, ready, running, ending, null);
    }
    long now = System.nanoTime();
    readAt.merge(rollout, now, (before, x) -> cached == null ? now : before);
    return new RolloutStatus(
        true, wanted, ready, running, ending, stuck(rollout, controller, pods));
  }

  /**
   * Whether the rollout has not been ready for so long that the cache is not to be believed any
   * more: a connection that died without a word looks like a cluster where nothing happens.
   */
  private boolean isDue(RolloutId rollout) {
    Long at = readAt.get(rollout);
    return at != null && System.nanoTime() - at > BELIEF;
  }

  private static @Nullable String version(@Nullable Controller controller) {
    return controller == null ? null : controller.object().getMetadata().getResourceVersion();
  }

  private @Nullable Blocker stuck(RolloutId rollout, Controller controller, List<Pod> pods) {
    RolloutDiagnosis.Finding finding = RolloutDiagnosis.of(controller, pods).orElse(null);
    Set<String> names =
        pods.stream().map(p -> p.getMetadata().getName()).collect(Collectors.toSet());
    Evidence shown = evidence.of(rollout, names, finding);
    return finding == null || shown == null
        ? null
        : new Blocker(finding.cause(), shown, finding.weight() == RolloutDiagnosis.Weight.FINAL);
  }

  /** The rollout's pods as the API server has them now. */
  List<Pod> pods(RolloutId rollout) {
    return client
        .pods()
        .inNamespace(rollout.environment().namespace().value())
        .withLabels(Labels.selector(rollout))
        .list()
        .getItems();
  }

  @Override
  public void scale(RolloutId rollout, int replicas) {
    written.add(rollout);
    KubernetesFailures.run(
        "scale the controller " + rollout.name(),
        () -> Retry.onConflict(() -> controllers.scale(rollout, replicas)));
  }

  @Override
  public void remove(RolloutId rollout) {
    written.add(rollout);
    KubernetesFailures.run(
        "remove the controller " + rollout.name(),
        () ->
            removal.delete(
                () -> {
                  Controller found = controllers.get(rollout);
                  return found == null
                      ? null
                      : Labels.requireOurs(found.object(), rollout.environment());
                }));
    evidence.forget(rollout);
    readAt.remove(rollout);
  }

  @Override
  public List<RolloutId> list(EnvironmentId environment) {
    Map<String, String> labels = Labels.of(environment);
    return KubernetesFailures.call(
            "list the controllers of " + environment,
            () -> controllers.list(environment.namespace().value(), labels))
        .stream()
        .filter(c -> !c.isBeingDeleted())
        .map(c -> new RolloutId(environment, Labels.seq(c.object())))
        .filter(id -> id.seq() > 0)
        .sorted(java.util.Comparator.comparingLong(RolloutId::seq))
        .toList();
  }

  List<Controller> all() {
    return controllers.list(null, Map.of(Labels.MANAGED_BY, Labels.CITE));
  }

  /** A set that forgets its oldest elements. */
  private static final class Recent<E> extends LinkedHashSet<E> {
    private static final int MOST = 10_000;

    @Override
    public boolean add(E element) {
      if (size() >= MOST) {
        remove(iterator().next());
      }
      return super.add(element);
    }
  }
}

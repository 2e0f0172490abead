package io.cite.server.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the sandbox's objects to where the controllers of a real cluster would bring them: pods of
 * controllers, endpoints of Services. {@link #reconcile} checks everything each time; it is
 * called by one thread.
 */
final class SandboxController {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxController.class);

  private final KubernetesClient client;
  private final FailingImages failing;
  private final Duration startTime;
  private final Clock clock;
  private final AtomicInteger number;

  /**
   * @param startTime how long a pod takes to become ready
   * @param number how many pods were numbered before; their names and addresses are not given again
   */
  SandboxController(
      KubernetesClient client,
      FailingImages failing,
      Duration startTime,
      Clock clock,
      int number) {
    this.number = new AtomicInteger(number);
    this.client = client;
    this.failing = failing;
    this.startTime = startTime;
    this.clock = clock;
  }

  /** How many pods were numbered. */
  int number() {
    return number.get();
  }

  /** Does what is to be done now; answers whether some pod is still starting. */
  boolean reconcile() {
    List<ReplicationController> controllers =
        client.replicationControllers().inAnyNamespace().list().getItems();
    List<ReplicaSet> sets = client.apps().replicaSets().inAnyNamespace().list().getItems();
    Set<String> owners = new HashSet<>();
    controllers.forEach(c -> owners.add(c.getMetadata().getUid()));
    sets.forEach(s -> owners.add(s.getMetadata().getUid()));
    boolean starting = false;
    for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
      starting |= live(pod, owners);
    }
    List<Pod> pods = client.pods().inAnyNamespace().list().getItems();
    controllers.forEach(c -> attempt(() -> replicate(c, pods)));
    sets.forEach(s -> attempt(() -> replicate(s, pods)));
    List<Pod> all = client.pods().inAnyNamespace().list().getItems();
    client
        .services()
        .inAnyNamespace()
        .list()
        .getItems()
        .forEach(s -> attempt(() -> connect(s, all)));
    return starting || all.stream().anyMatch(SandboxPods::isPending);
  }

  /** What changes meanwhile is checked again after that change. */
  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404 && e.getCode() != 409) {
        throw e;
      }
      LOG.debug("changed meanwhile: {}", e.getMessage());
    }
  }

  /** Starts a pod whose time has come, removes one without owner. */
  private boolean live(Pod pod, Set<String> owners) {
    boolean orphan =
        pod.getMetadata().getOwnerReferences().stream().anyMatch(o -> !owners.contains(o.getUid()));
    if (orphan) {
      attempt(() -> client.resource(pod).delete());
      return false;
    }
    if (!SandboxPods.isPending(pod)) {
      return false;
    }
    Instant now = clock.instant();
    Instant made = Instant.parse(pod.getMetadata().getCreationTimestamp());
    if (now.isBefore(made.plus(startTime))) {
      return true;
    }
    int n = number.incrementAndGet();
    String ip = "10.244." + n / 250 + "." + (n % 250 + 1);
    pod.setStatus(SandboxPods.started(pod, failing.of(SandboxPods.image(pod)), ip, now));
    attempt(() -> client.resource(pod).updateStatus());
    return false;
  }

  private void replicate(ReplicationController controller, List<Pod> all) {
    PodTemplateSpec template = controller.getSpec().getTemplate();
    int wanted = controller.getSpec().getReplicas();
    List<Pod> own = scale(controller, template, wanted, all);
    int ready = (int) own.stream().filter(SandboxPods::isReady).count();
    var status =
        new ReplicationControllerStatusBuilder()
            .withReplicas(own.size())
            .withReadyReplicas(ready)
            .withAvailableReplicas(ready)
            .withObservedGeneration(controller.getMetadata().getGeneration())
            .build();
    if (!status.equals(controller.getStatus())) {
      controller.setStatus(status);
      client.resource(controller).updateStatus();
    }
  }

  private void replicate(ReplicaSet set, List<Pod> all) {
    List<Pod> own = scale(set, set.getSpec().getTemplate(), set.getSpec().getReplicas(), all);
    int ready = (int) own.stream().filter(SandboxPods::isReady).count();
    var status =
        new ReplicaSetStatusBuilder()
            .withReplicas(own.size())
            .withReadyReplicas(ready)
            .withAvailableReplicas(ready)
            .withObservedGeneration(set.getMetadata().getGeneration())
            .build();
    if (!status.equals(set.getStatus())) {
      set.setStatus(status);
      client.resource(set).updateStatus();
    }
  }

  private List<Pod> scale(
      HasMetadata controller, PodTemplateSpec template, int wanted, List<Pod> all) {
    String uid = controller.getMetadata().getUid();
    List<Pod> own =
        new ArrayList<>(
            all.stream()
                .filter(
                    pod ->
                        pod.getMetadata().getOwnerReferences().stream()
                            .anyMatch(o -> uid.equals(o.getUid())))
                .toList());
    while (own.size() > wanted) {
      client.resource(own.remove(own.size() - 1)).delete();
    }
    while (own.size() < wanted) {
      String name =
          controller.getMetadata().getName()
              + "-"
              + Integer.toString(60_466_176 + number.incrementAndGet(), 36).substring(1);
      own.add(client.resource(SandboxPods.of(controller, template, name)).create());
    }
    return own;
  }

  /** Makes the endpoints of a Service from the ready pods that it selects. */
  private void connect(Service service, List<Pod> pods) {
    Map<String, String> selector = service.getSpec().getSelector();
    if (selector == null || selector.isEmpty()) {
      return;
    }
    List<EndpointAddress> addresses =
        pods.stream()
            .filter(p -> p.getMetadata().getNamespace().equals(namespace(service)))
            .filter(p -> p.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
            .filter(SandboxPods::isReady)
            .map(SandboxController::address)
            .toList();
    List<EndpointSubset> subsets =
        addresses.isEmpty()
            ? List.of()
            : List.of(
                new EndpointSubsetBuilder()
                    .withAddresses(addresses)
                    .withPorts(
                        service.getSpec().getPorts().stream()
                            .map(SandboxController::endpointPort)
                            .toList())
                    .build());
    var found =
        client
            .endpoints()
            .inNamespace(namespace(service))
            .withName(service.getMetadata().getName());
    Endpoints present = found.get();
    if (present == null) {
      client.resource(endpoints(service, subsets)).create();
    } else if (!present.getSubsets().equals(subsets)) {
      present.setSubsets(subsets);
      client.resource(present).update();
    }
  }

  private static String namespace(Service service) {
    return service.getMetadata().getNamespace();
  }

  private static Endpoints endpoints(Service service, List<EndpointSubset> subsets) {
    return new EndpointsBuilder()
        .withNewMetadata()
        .withNamespace(namespace(service))
        .withName(service.getMetadata().getName())
        .withLabels(service.getMetadata().getLabels())
        .endMetadata()
        .withSubsets(subsets)
        .build();
  }

  private static EndpointPort endpointPort(io.fabric8.kubernetes.api.model.ServicePort port) {
    IntOrString target = port.getTargetPort();
    return new EndpointPortBuilder()
        .withName(port.getName())
        .withPort(target == null ? port.getPort() : target.getIntVal())
        .withProtocol(port.getProtocol())
        .build();
  }

  private static EndpointAddress address(Pod pod) {
    return new EndpointAddressBuilder()
        .withIp(pod.getStatus().getPodIP())
        .withNewTargetRef()
        .withKind("Pod")
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .endTargetRef()
        .build();
  }
}

package io.cite.adapters.k8s;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.error.NotFound;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.SwitchResult;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.port.cluster.TrafficRouter;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Service of each environment, and the switch of its traffic. */
final class KubernetesServices implements TrafficRouter {
  private final KubernetesClient client;
  private final KubernetesSettings settings;
  private final Manifests manifests;
  private final ClusterCache cache;
  private final Function<RolloutId, List<Pod>> pods;

  /**
   * Services of a cluster.
   *
   * @param pods of a rollout as they are: one that the cache missed would count as not served
   */
  KubernetesServices(
      KubernetesClient client,
      KubernetesSettings settings,
      Manifests manifests,
      ClusterCache cache,
      Function<RolloutId, List<Pod>> pods) {
    this.client = client;
    this.settings = settings;
    this.manifests = manifests;
    this.cache = cache;
    this.pods = pods;
  }

  @Override
  public boolean ensureService(EnvironmentId environment, ContainerPorts ports) {
    return KubernetesFailures.call(
        "create the Service of " + environment,
        () -> Retry.onConflict(() -> ensureOnce(environment, ports)));
  }

  private boolean ensureOnce(EnvironmentId environment, ContainerPorts ports) {
    Service found = get(environment);
    if (found == null) {
      client.resource(manifests.service(environment, ports)).create();
      return true;
    }
    Labels.requireOurs(found, environment);
    return false;
  }

  /**
   * Reads, compares and writes until nobody wrote in between. Losing to a deployment with a higher
   * number is an outcome, losing to any other writer is a reason to check again.
   */
  @Override
  public SwitchResult switchTraffic(
      EnvironmentId environment, long seq, RolloutId rollout, ContainerPorts ports) {
    return KubernetesFailures.call(
        "switch the traffic of " + environment + " to " + rollout.name(),
        () -> Retry.onConflict(() -> switchOnce(environment, seq, rollout, ports)));
  }

  private SwitchResult switchOnce(
      EnvironmentId environment, long seq, RolloutId rollout, ContainerPorts ports) {
    Service service = get(environment);
    if (service == null) {
      throw new NotFound("The environment " + environment + " has no Service in the cluster");
    }
    Labels.requireOurs(service, environment);
    long committed = committed(service);
    if (committed > seq) {
      return new SwitchResult.Overtaken(committed);
    }
    if (committed == seq
        && Labels.selector(rollout).equals(service.getSpec().getSelector())
        && ports.equals(Manifests.containerPorts(service))) {
      return new SwitchResult.Switched();
    }
    Map<String, String> annotations = new HashMap<>();
    if (service.getMetadata().getAnnotations() != null) {
      annotations.putAll(service.getMetadata().getAnnotations());
    }
    annotations.put(Labels.DEPLOY_SEQ, Long.toString(seq));
    service.getMetadata().setAnnotations(annotations);
    service.getSpec().setSelector(Labels.selector(rollout));
    service.getSpec().setPorts(Manifests.servicePorts(ports, service.getSpec().getPorts()));
    replace(service);
    return new SwitchResult.Switched();
  }

  private void replace(Service service) {
    client
        .resource(service)
        .lockResourceVersion(service.getMetadata().getResourceVersion())
        .update();
  }

  private static long committed(Service service) {
    return Labels.number(Labels.annotation(service, Labels.DEPLOY_SEQ));
  }

  @Override
  public Optional<Traffic> assigned(EnvironmentId environment) {
    ClusterCache.CachedService cached = cache.service(environment);
    if (cached != null) {
      return Optional.ofNullable(cached.service()).map(KubernetesServices::assigned);
    }
    return KubernetesFailures.call(
        "read the Service of " + environment,
        () -> Optional.ofNullable(get(environment)).map(KubernetesServices::assigned));
  }

  private static Traffic assigned(Service service) {
    return new Traffic(committed(service), selected(service), Manifests.containerPorts(service), 0);
  }

  private static long selected(Service service) {
    Map<String, String> selector = service.getSpec().getSelector();
    return Labels.number(selector == null ? null : selector.get(Labels.DEPLOYMENT));
  }

  @Override
  public Optional<Traffic> current(EnvironmentId environment) {
    return KubernetesFailures.call(
        "read the traffic of " + environment, () -> readTraffic(environment));
  }

  private Optional<Traffic> readTraffic(EnvironmentId environment) {
    Service service = get(environment);
    if (service == null) {
      return Optional.empty();
    }
    long rollout = selected(service);
    int ready = rollout == 0 ? 0 : readyEndpoints(new RolloutId(environment, rollout));
    return Optional.of(
        new Traffic(committed(service), rollout, Manifests.containerPorts(service), ready));
  }

  /** Endpoints lag behind the selector, so only those of the rollout's own pods count. */
  private int readyEndpoints(RolloutId rollout) {
    EnvironmentId environment = rollout.environment();
    Endpoints endpoints =
        client
            .endpoints()
            .inNamespace(environment.namespace().value())
            .withName(environment.name())
            .get();
    if (endpoints == null || endpoints.getSubsets() == null) {
      return 0;
    }
    Set<String> taking =
        endpoints.getSubsets().stream()
            .flatMap(subset -> subset.getAddresses().stream())
            .map(EndpointAddress::getTargetRef)
            .filter(java.util.Objects::nonNull)
            .map(ObjectReference::getName)
            .collect(Collectors.toSet());
    return (int)
        pods.apply(rollout).stream()
            .filter(pod -> taking.contains(pod.getMetadata().getName()))
            .count();
  }

  @Override
  public Optional<String> address(EnvironmentId environment) {
    ClusterCache.CachedService cached = cache.service(environment);
    Service known = cached == null ? null : cached.service();
    // one that was made just now may not have been reported yet
    Service service =
        known == null
            ? KubernetesFailures.call("read the Service of " + environment, () -> get(environment))
            : known;
    return service == null || service.getSpec().getPorts().isEmpty()
        ? Optional.empty()
        : Optional.of(address(service, service.getSpec().getPorts().get(0)));
  }

  private String address(Service service, ServicePort port) {
    String balancer = loadBalancer(service);
    if (balancer != null) {
      return url(balancer, port.getPort());
    }
    String host = settings.nodeHost();
    Integer nodePort = port.getNodePort();
    if (host != null && nodePort != null && nodePort > 0) {
      return url(host, nodePort);
    }
    String inside =
        service.getMetadata().getName() + "." + service.getMetadata().getNamespace() + ".svc";
    return url(inside, port.getPort());
  }

  private static @Nullable String loadBalancer(Service service) {
    if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
      return null;
    }
    return service.getStatus().getLoadBalancer().getIngress().stream()
        .map(i -> i.getHostname() == null ? i.getIp() : i.getHostname())
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String url(String host, int port) {
    return "http://" + host + ":" + port;
  }

  @Nullable Service get(EnvironmentId environment) {
    return client
        .services()
        .inNamespace(environment.namespace().value())
        .withName(environment.name())
        .get();
  }

  List<Service> all() {
    return client
        .services()
        .inAnyNamespace()
        .withLabel(Labels.MANAGED_BY, Labels.CITE)
        .list()
        .getItems();
  }
}

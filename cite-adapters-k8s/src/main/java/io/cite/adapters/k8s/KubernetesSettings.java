package io.cite.adapters.k8s;

import io.cite.core.error.InvalidInput;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How CITE makes its objects in the cluster.
 *
 * @param controller kind of the controllers
 * @param requests what each pod asks for, by resource name, such as {@code cpu} → {@code 10m}
 * @param limits what each pod may use at most, by resource name; empty for no limits
 * @param probePeriod time between two readiness probes, in whole seconds
 * @param probeTimeout time that a readiness probe may take, in whole seconds
 * @param probeFailures after so many failed probes a ready pod counts as not ready
 * @param preStopWait how long a pod that is to end goes on with its work before it is asked so, in
 *     whole seconds: nothing new is sent to it, apart from proxies that learn late; zero for not at
 *     all
 * @param gracePeriod time that a pod has to end by itself after that, in whole seconds
 * @param serviceType how Services can be reached
 * @param nodeHost host under which node ports are reachable; null if there is none
 * @param placement which nodes pods may run on
 */
public record KubernetesSettings(
    ControllerKind controller,
    Map<String, String> requests,
    Map<String, String> limits,
    Duration probePeriod,
    Duration probeTimeout,
    int probeFailures,
    Duration preStopWait,
    Duration gracePeriod,
    ServiceType serviceType,
    @Nullable String nodeHost,
    Placement placement) {

  public KubernetesSettings {
    requests = Map.copyOf(requests);
    limits = Map.copyOf(limits);
    atLeastASecond("probe period", probePeriod);
    atLeastASecond("probe timeout", probeTimeout);
    if (probeFailures < 1) {
      throw new InvalidInput("The number of probe failures must be at least 1");
    }
    if (preStopWait.isNegative()) {
      throw new InvalidInput("The wait before a pod is asked to end must not be negative");
    }
    if (gracePeriod.isNegative()) {
      throw new InvalidInput("The pods' grace period must not be negative");
    }
  }

  private static void atLeastASecond(String what, Duration value) {
    if (value.toSeconds() < 1) {
      throw new InvalidInput("The " + what + " must be at least one second");
    }
  }

  /** ReplicationControllers, small requests, no limits, a probe each second, ClusterIP. */
  public static KubernetesSettings defaults() {
    return new KubernetesSettings(
        ControllerKind.REPLICATION_CONTROLLER,
        Map.of("cpu", "10m", "memory", "32Mi"),
        Map.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        3,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        ServiceType.CLUSTER_IP,
        null,
        Placement.ANYWHERE);
  }

  /** These settings with another kind of controller. */
  public KubernetesSettings withController(ControllerKind kind) {
    return new KubernetesSettings(
        kind,
        requests,
        limits,
        probePeriod,
        probeTimeout,
        probeFailures,
        preStopWait,
        gracePeriod,
        serviceType,
        nodeHost,
        placement);
  }

  /** These settings with other resources for each pod. */
  public KubernetesSettings withResources(Map<String, String> asked, Map<String, String> most) {
    return new KubernetesSettings(
        controller,
        asked,
        most,
        probePeriod,
        probeTimeout,
        probeFailures,
        preStopWait,
        gracePeriod,
        serviceType,
        nodeHost,
        placement);
  }

  /** These settings with another wait before a pod is asked to end. */
  public KubernetesSettings withPreStopWait(Duration wait) {
    return new KubernetesSettings(
        controller,
        requests,
        limits,
        probePeriod,
        probeTimeout,
        probeFailures,
        wait,
        gracePeriod,
        serviceType,
        nodeHost,
        placement);
  }

  /** These settings with another time for pods to end by themselves. */
  public KubernetesSettings withGracePeriod(Duration period) {
    return new KubernetesSettings(
        controller,
        requests,
        limits,
        probePeriod,
        probeTimeout,
        probeFailures,
        preStopWait,
        period,
        serviceType,
        nodeHost,
        placement);
  }

  /** These settings with Services that can be reached in another way. */
  public KubernetesSettings withServiceType(ServiceType type, @Nullable String host) {
    return new KubernetesSettings(
        controller,
        requests,
        limits,
        probePeriod,
        probeTimeout,
        probeFailures,
        preStopWait,
        gracePeriod,
        type,
        host,
        placement);
  }

  /** These settings with pods on other nodes. */
  public KubernetesSettings withPlacement(Placement nodes) {
    return new KubernetesSettings(
        controller,
        requests,
        limits,
        probePeriod,
        probeTimeout,
        probeFailures,
        preStopWait,
        gracePeriod,
        serviceType,
        nodeHost,
        nodes);
  }
}

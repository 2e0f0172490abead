package io.cite.server.config;

import io.cite.core.domain.service.Namespace;
import io.cite.core.error.InvalidInput;
import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that services run in.
 *
 * @param kubeconfig null: as a pod of the cluster itself
 * @param api URL of an API server that asks for no credentials, such as a sandbox; null: kubeconfig
 * @param nodeHost host name under which node ports are visited; null where there is none
 * @param adoptNamespaces namespaces that CITE did not make and may use
 */
public record KubernetesConfiguration(
    @Nullable Path kubeconfig,
    @Nullable URI api,
    Controller controller,
    ServiceType serviceType,
    @Nullable String nodeHost,
    List<Namespace> adoptNamespaces,
    Resources resources,
    Duration rolloutTimeout,
    Duration timeout) {
  private static final ConfigurationKey KUBECONFIG =
      ConfigurationKey.optional(
          "kubernetes.kubeconfig", Kind.FILE, "Access to the cluster; else the pod's own account");
  private static final ConfigurationKey API =
      ConfigurationKey.optional(
          "kubernetes.api",
          Kind.URL,
          "API server that asks for no credentials, such as a sandbox; in place of a kubeconfig");
  private static final ConfigurationKey CONTROLLER =
      ConfigurationKey.choice(
          "kubernetes.controller",
          List.of("replication-controller", "replica-set"),
          "What keeps a rollout's pods running");
  private static final ConfigurationKey SERVICE_TYPE =
      ConfigurationKey.choice(
          "kubernetes.serviceType",
          List.of("ClusterIP", "NodePort", "LoadBalancer"),
          "Type of the Kubernetes Services that CITE makes");
  private static final ConfigurationKey NODE_HOST =
      ConfigurationKey.optional(
          "kubernetes.nodeHost", Kind.TEXT, "Host name under which node ports can be visited");
  private static final ConfigurationKey ADOPT =
      ConfigurationKey.optional(
          "kubernetes.adoptNamespaces",
          Kind.LIST,
          "Namespaces that CITE did not make and may use nevertheless");
  private static final ConfigurationKey CPU_REQUEST =
      ConfigurationKey.of(
          "kubernetes.resources.cpuRequest", Kind.TEXT, "10m", "CPU that a pod asks for");
  private static final ConfigurationKey CPU_LIMIT =
      ConfigurationKey.optional(
          "kubernetes.resources.cpuLimit", Kind.TEXT, "Most CPU that a pod may use");
  private static final ConfigurationKey MEMORY_REQUEST =
      ConfigurationKey.of(
          "kubernetes.resources.memoryRequest", Kind.TEXT, "32Mi", "Memory that a pod asks for");
  private static final ConfigurationKey MEMORY_LIMIT =
      ConfigurationKey.optional(
          "kubernetes.resources.memoryLimit", Kind.TEXT, "Most memory that a pod may use");
  private static final ConfigurationKey ROLLOUT_TIMEOUT =
      ConfigurationKey.of(
          "kubernetes.rolloutTimeout", Kind.DURATION, "10m", "How long pods may take to get ready");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("kubernetes.timeout", Kind.DURATION, "10s", "Longest wait for an answer");

  static final List<ConfigurationKey> KEYS =
      List.of(
          KUBECONFIG,
          API,
          CONTROLLER,
          SERVICE_TYPE,
          NODE_HOST,
          ADOPT,
          CPU_REQUEST,
          CPU_LIMIT,
          MEMORY_REQUEST,
          MEMORY_LIMIT,
          ROLLOUT_TIMEOUT,
          TIMEOUT);

  /** What keeps a rollout's pods running. */
  public enum Controller {
    REPLICATION_CONTROLLER,
    REPLICA_SET
  }

  /** How Services are reached. */
  public enum ServiceType {
    CLUSTER_IP,
    NODE_PORT,
    LOAD_BALANCER
  }

  /** What a pod asks for and may use at most, as Kubernetes quantities; null is unlimited. */
  public record Resources(
      String cpuRequest,
      @Nullable String cpuLimit,
      String memoryRequest,
      @Nullable String memoryLimit) {}

  static KubernetesConfiguration from(Values values) {
    List<Namespace> adopted = new ArrayList<>();
    for (String name : values.list(ADOPT)) {
      try {
        adopted.add(Namespace.parse(name));
      } catch (InvalidInput e) {
        values.mistake(ADOPT, "has a wrong name: " + e.getMessage());
      }
    }
    if (values.has(KUBECONFIG) && values.has(API)) {
      values.mistake(API, "and kubernetes.kubeconfig exclude each other");
    }
    return new KubernetesConfiguration(
        values.file(KUBECONFIG),
        values.url(API),
        values.choice(CONTROLLER).equals("replica-set")
            ? Controller.REPLICA_SET
            : Controller.REPLICATION_CONTROLLER,
        switch (values.choice(SERVICE_TYPE)) {
          case "NodePort" -> ServiceType.NODE_PORT;
          case "LoadBalancer" -> ServiceType.LOAD_BALANCER;
          default -> ServiceType.CLUSTER_IP;
        },
        values.optional(NODE_HOST),
        List.copyOf(adopted),
        new Resources(
            values.text(CPU_REQUEST),
            values.optional(CPU_LIMIT),
            values.text(MEMORY_REQUEST),
            values.optional(MEMORY_LIMIT)),
        values.duration(ROLLOUT_TIMEOUT),
        values.duration(TIMEOUT));
  }
}

package io.cite.server.config;

import io.cite.core.domain.service.EnvironmentSettings.Standby;
import io.cite.core.domain.service.Namespace;
import io.cite.core.error.InvalidInput;
import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that services run in.
 *
 * @param kubeconfig null: as a pod of the cluster itself
 * @param api URL of an API server that asks for no credentials, such as a sandbox; null: kubeconfig
 * @param nodeHost host name under which node ports are visited; null if there is none
 * @param adoptNamespaces namespaces that CITE did not make and may use
 * @param nodeLabels labels of the nodes that pods run on; empty for any node
 * @param tolerations taints that do not keep pods away
 */
public record KubernetesConfiguration(
    @Nullable Path kubeconfig,
    @Nullable URI api,
    Controller controller,
    ServiceType serviceType,
    @Nullable String nodeHost,
    List<Namespace> adoptNamespaces,
    Map<String, String> nodeLabels,
    List<Taint> tolerations,
    Resources resources,
    Duration rolloutTimeout,
    Duration confirmTimeout,
    Draining draining,
    Duration timeout) {
  private static final String NAME = "(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Pattern LABEL = Pattern.compile("(" + NAME + ")=([A-Za-z0-9._-]*)");
  private static final Pattern TAINT =
      Pattern.compile(
          "(" + NAME + ")(?:=([A-Za-z0-9._-]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?");
  private static final ConfigurationKey KUBECONFIG =
      ConfigurationKey.optional(
          "kubernetes.kubeconfig",
          Kind.FILE,
          "Kubeconfig file. Without it, CITE uses the service account of its pod");
  private static final ConfigurationKey API =
      ConfigurationKey.optional(
          "kubernetes.api",
          Kind.URL,
          "URL of an API server without authentication, such as the sandbox. It replaces the kubeconfig");
  private static final ConfigurationKey CONTROLLER =
      ConfigurationKey.choice(
          "kubernetes.controller",
          List.of("replication-controller", "replica-set"),
          "Kind of the controllers that CITE creates");
  private static final ConfigurationKey SERVICE_TYPE =
      ConfigurationKey.choice(
          "kubernetes.serviceType",
          List.of("ClusterIP", "NodePort", "LoadBalancer"),
          "Type of the Kubernetes Services that CITE creates");
  private static final ConfigurationKey NODE_HOST =
      ConfigurationKey.optional(
          "kubernetes.nodeHost", Kind.TEXT, "Host name under which node ports are reachable");
  private static final ConfigurationKey ADOPT =
      ConfigurationKey.optional(
          "kubernetes.adoptNamespaces",
          Kind.LIST,
          "Namespaces that CITE did not create but may use");
  private static final ConfigurationKey NODE_SELECTOR =
      ConfigurationKey.optional(
          "kubernetes.nodeSelector",
          Kind.LIST,
          "Labels of the nodes that pods may run on, each label=value");
  private static final ConfigurationKey TOLERATIONS =
      ConfigurationKey.optional(
          "kubernetes.tolerations",
          Kind.LIST,
          "Taints of nodes that the pods tolerate, each key, key=value or either with :effect");
  private static final ConfigurationKey CPU_REQUEST =
      ConfigurationKey.of(
          "kubernetes.resources.cpuRequest", Kind.TEXT, "10m", "CPU request of a pod");
  private static final ConfigurationKey CPU_LIMIT =
      ConfigurationKey.optional("kubernetes.resources.cpuLimit", Kind.TEXT, "CPU limit of a pod");
  private static final ConfigurationKey MEMORY_REQUEST =
      ConfigurationKey.of(
          "kubernetes.resources.memoryRequest", Kind.TEXT, "32Mi", "Memory request of a pod");
  private static final ConfigurationKey MEMORY_LIMIT =
      ConfigurationKey.optional(
          "kubernetes.resources.memoryLimit", Kind.TEXT, "Memory limit of a pod");
  private static final ConfigurationKey ROLLOUT_TIMEOUT =
      ConfigurationKey.of(
          "kubernetes.rolloutTimeout",
          Kind.DURATION,
          "10m",
          "How long pods may take to become ready");
  private static final ConfigurationKey CONFIRM_TIMEOUT =
      ConfigurationKey.of(
          "kubernetes.confirmTimeout",
          Kind.DURATION,
          "30s",
          "How long it may take after a switch until a pod takes traffic. After that, CITE rolls back");
  private static final ConfigurationKey DRAIN_DELAY =
      ConfigurationKey.of(
          "kubernetes.drainDelay",
          Kind.DURATION,
          "10s",
          "Time between the confirmation of a switch and the end of the former pods. It is zero after a rollback");
  private static final ConfigurationKey PRE_STOP_WAIT =
      ConfigurationKey.of(
          "kubernetes.preStopWait",
          Kind.DURATION,
          "5s",
          "How long a pod that is to end continues before it gets SIGTERM, in whole seconds. Less than one second means not at all. Before Kubernetes 1.30, the image needs the program sleep for this");
  private static final ConfigurationKey STANDBY =
      ConfigurationKey.choice(
          "kubernetes.standby",
          List.of("warm", "cold"),
          "Whether the last deployment that was live keeps pods for a quick rollback");
  private static final ConfigurationKey STANDBY_TIME =
      ConfigurationKey.of(
          "kubernetes.standbyTime",
          Kind.DURATION,
          "15m",
          "How long after its retirement a warm standby keeps pods");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("kubernetes.timeout", Kind.DURATION, "10s", "Timeout of a call");

  static final List<ConfigurationKey> KEYS =
      List.of(
          KUBECONFIG,
          API,
          CONTROLLER,
          SERVICE_TYPE,
          NODE_HOST,
          ADOPT,
          NODE_SELECTOR,
          TOLERATIONS,
          CPU_REQUEST,
          CPU_LIMIT,
          MEMORY_REQUEST,
          MEMORY_LIMIT,
          ROLLOUT_TIMEOUT,
          CONFIRM_TIMEOUT,
          DRAIN_DELAY,
          PRE_STOP_WAIT,
          STANDBY,
          STANDBY_TIME,
          TIMEOUT);

  /** Kind of the controllers that CITE creates. */
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

  /**
   * A taint of nodes.
   *
   * @param value null for any
   * @param effect null for any
   */
  public record Taint(String key, @Nullable String value, @Nullable String effect) {}

  /** What a pod asks for and may use at most, as Kubernetes quantities; null is unlimited. */
  public record Resources(
      String cpuRequest,
      @Nullable String cpuLimit,
      String memoryRequest,
      @Nullable String memoryLimit) {}

  /**
   * How the pods that had the traffic end.
   *
   * @param delay time between the confirmation of a switch and the end of the former pods
   * @param preStopWait how long a pod that is to end continues before it is asked so
   * @param standby what the last deployment that was live keeps
   * @param standbyTime how long after its retirement a warm standby keeps pods
   */
  public record Draining(
      Duration delay, Duration preStopWait, Standby standby, Duration standbyTime) {}

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
      values.mistake(API, "and kubernetes.kubeconfig must not be set together");
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
        nodeLabels(values),
        tolerations(values),
        new Resources(
            values.text(CPU_REQUEST),
            values.optional(CPU_LIMIT),
            values.text(MEMORY_REQUEST),
            values.optional(MEMORY_LIMIT)),
        values.duration(ROLLOUT_TIMEOUT),
        values.duration(CONFIRM_TIMEOUT),
        new Draining(
            values.duration(DRAIN_DELAY),
            values.duration(PRE_STOP_WAIT),
            values.choice(STANDBY).equals("cold") ? Standby.COLD : Standby.WARM,
            values.duration(STANDBY_TIME)),
        values.duration(TIMEOUT));
  }

  private static Map<String, String> nodeLabels(Values values) {
    Map<String, String> labels = new TreeMap<>();
    for (String label : values.list(NODE_SELECTOR)) {
      Matcher parts = LABEL.matcher(label);
      if (parts.matches()) {
        labels.put(parts.group(1), parts.group(2));
      } else {
        values.mistake(NODE_SELECTOR, "must list label=value, not '" + label + "'");
      }
    }
    return Map.copyOf(labels);
  }

  private static List<Taint> tolerations(Values values) {
    List<Taint> tolerated = new ArrayList<>();
    for (String taint : values.list(TOLERATIONS)) {
      Matcher parts = TAINT.matcher(taint);
      if (parts.matches()) {
        tolerated.add(new Taint(parts.group(1), parts.group(2), parts.group(3)));
      } else {
        values.mistake(
            TOLERATIONS,
            "must list taints such as key=value:NoSchedule, with one of the effects NoSchedule,"
                + " PreferNoSchedule and NoExecute, not '"
                + taint
                + "'");
      }
    }
    return List.copyOf(tolerated);
  }
}

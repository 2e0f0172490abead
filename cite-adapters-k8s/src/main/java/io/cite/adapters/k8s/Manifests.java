package io.cite.adapters.k8s;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The objects that CITE makes, from what it was asked for: a pure function of its settings. */
final class Manifests {
  /** Name of the one container of each pod. */
  static final String CONTAINER = "main";

  private static final String PORT_VARIABLE = "PORT";

  private final KubernetesSettings settings;
  private final BooleanSupplier sleepAction;

  /**
   * The objects of these settings.
   *
   * @param sleepAction whether the cluster itself can let a pod wait before it ends, without a
   *     program in its image
   */
  Manifests(KubernetesSettings settings, BooleanSupplier sleepAction) {
    this.settings = settings;
    this.sleepAction = sleepAction;
  }

  static String secretName(EnvironmentId environment) {
    return environment.name() + "-secrets";
  }

  io.fabric8.kubernetes.api.model.Namespace namespace(Namespace namespace, String owner) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(namespace.value())
        .addToLabels(Labels.MANAGED_BY, Labels.CITE)
        .addToAnnotations(Labels.OWNER, owner)
        .endMetadata()
        .build();
  }

  Service service(EnvironmentId environment, ContainerPorts ports) {
    return new ServiceBuilder()
        .withMetadata(metadata(environment, environment.name()))
        .withNewSpec()
        .withType(settings.serviceType().word())
        .withSelector(Labels.selector(new RolloutId(environment, 0)))
        .withPorts(servicePorts(ports, List.of()))
        .endSpec()
        .build();
  }

  /** The Service's ports; those that are there already keep what the cluster gave them. */
  static List<ServicePort> servicePorts(ContainerPorts ports, List<ServicePort> present) {
    List<ServicePort> all = new ArrayList<>();
    for (int port : ports.values()) {
      ServicePort known =
          present.stream().filter(p -> p.getPort() == port).findFirst().orElse(null);
      all.add(
          (known == null ? new ServicePortBuilder() : new ServicePortBuilder(known))
              .withName(portName(port))
              .withProtocol("TCP")
              .withPort(port)
              .withNewTargetPort(port)
              .build());
    }
    return all;
  }

  /** The ports that a Service has; null if they are not such as CITE makes. */
  static @Nullable ContainerPorts containerPorts(Service service) {
    List<ServicePort> present = service.getSpec().getPorts();
    boolean ours = present.stream().allMatch(port -> leadsOn(port));
    try {
      return ours ? new ContainerPorts(present.stream().map(ServicePort::getPort).toList()) : null;
    } catch (InvalidInput e) {
      // more than CITE allows, or none
      return null;
    }
  }

  /** Whether connections to the port come to the same port of a pod. */
  private static boolean leadsOn(ServicePort port) {
    boolean tcp = port.getProtocol() == null || port.getProtocol().equals("TCP");
    IntOrString target = port.getTargetPort();
    return tcp && (target == null || port.getPort().equals(target.getIntVal()));
  }

  private static String portName(int port) {
    return "tcp-" + port;
  }

  Secret secret(EnvironmentId environment, Map<String, String> encoded) {
    return new SecretBuilder()
        .withMetadata(metadata(environment, secretName(environment)))
        .withType("Opaque")
        .withData(encoded)
        .build();
  }

  ReplicationController replicationController(RolloutSpec spec) {
    return new ReplicationControllerBuilder()
        .withMetadata(metadata(spec))
        .withNewSpec()
        .withReplicas(spec.replicas())
        .withSelector(Labels.selector(spec.id()))
        .withTemplate(template(spec))
        .endSpec()
        .build();
  }

  ReplicaSet replicaSet(RolloutSpec spec) {
    return new ReplicaSetBuilder()
        .withMetadata(metadata(spec))
        .withNewSpec()
        .withReplicas(spec.replicas())
        .withNewSelector()
        .withMatchLabels(Labels.selector(spec.id()))
        .endSelector()
        .withTemplate(template(spec))
        .endSpec()
        .build();
  }

  private static ObjectMeta metadata(EnvironmentId environment, String name) {
    return new ObjectMetaBuilder()
        .withNamespace(environment.namespace().value())
        .withName(name)
        .withLabels(Labels.of(environment))
        .withAnnotations(Labels.annotations(environment))
        .build();
  }

  private static ObjectMeta metadata(RolloutSpec spec) {
    return new ObjectMetaBuilder(metadata(spec.id().environment(), spec.id().name()))
        .withLabels(Labels.of(spec.id(), spec.commit()))
        .build();
  }

  private PodTemplateSpec template(RolloutSpec spec) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(Labels.of(spec.id(), spec.commit()))
        .withAnnotations(Labels.annotations(spec.id().environment()))
        .endMetadata()
        .withNewSpec()
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        // the cluster counts the wait as a part of it
        .withTerminationGracePeriodSeconds(
            settings.preStopWait().plus(settings.gracePeriod()).toSeconds())
        .withNodeSelector(new TreeMap<>(settings.placement().nodeLabels()))
        .withTolerations(
            settings.placement().tolerations().stream().map(Manifests::toleration).toList())
        .withContainers(container(spec))
        .endSpec()
        .build();
  }

  private static Toleration toleration(Placement.Toleration tolerated) {
    return new TolerationBuilder()
        .withKey(tolerated.key())
        .withOperator(tolerated.value() == null ? "Exists" : "Equal")
        .withValue(tolerated.value())
        .withEffect(tolerated.effect())
        .build();
  }

  private Container container(RolloutSpec spec) {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(CONTAINER)
            .withImage(spec.image().toString())
            .withImagePullPolicy("IfNotPresent")
            .withPorts(spec.ports().values().stream().map(Manifests::containerPort).toList())
            .withEnv(variables(spec))
            .withReadinessProbe(probe(spec))
            .withLifecycle(lifecycle())
            .withNewResources()
            .withRequests(quantities(settings.requests()))
            .withLimits(quantities(settings.limits()))
            .endResources()
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .endSecurityContext();
    if (spec.hasSecrets()) {
      container
          .addNewEnvFrom()
          .withNewSecretRef()
          .withName(secretName(spec.id().environment()))
          .endSecretRef()
          .endEnvFrom();
    }
    return container.build();
  }

  /** What a pod does first when it is to end; it is asked so after that. */
  private @Nullable Lifecycle lifecycle() {
    long seconds = settings.preStopWait().toSeconds();
    if (seconds == 0) {
      return null;
    }
    LifecycleBuilder lifecycle = new LifecycleBuilder();
    return sleepAction.getAsBoolean()
        ? lifecycle.withNewPreStop().withNewSleep(seconds).endPreStop().build()
        : lifecycle
            .withNewPreStop()
            .withNewExec()
            .withCommand("sleep", Long.toString(seconds))
            .endExec()
            .endPreStop()
            .build();
  }

  private static ContainerPort containerPort(int port) {
    return new ContainerPortBuilder()
        .withName(portName(port))
        .withContainerPort(port)
        .withProtocol("TCP")
        .build();
  }

  private static List<EnvVar> variables(RolloutSpec spec) {
    Map<String, String> all = new TreeMap<>(spec.variables().values());
    all.putIfAbsent(PORT_VARIABLE, Integer.toString(spec.ports().first()));
    // The kubelet expands $(NAME) in values and reads $$ as one $.
    return all.entrySet().stream()
        .map(e -> new EnvVar(e.getKey(), e.getValue().replace("$", "$$"), null))
        .toList();
  }

  private Probe probe(RolloutSpec spec) {
    Integer asked = spec.probe().port();
    int port = asked == null ? spec.ports().first() : asked;
    ProbeBuilder probe =
        new ProbeBuilder()
            .withInitialDelaySeconds(0)
            .withPeriodSeconds((int) settings.probePeriod().toSeconds())
            .withTimeoutSeconds((int) settings.probeTimeout().toSeconds())
            .withFailureThreshold(settings.probeFailures())
            .withSuccessThreshold(1);
    String path = spec.probe().path();
    return path == null
        ? probe.withNewTcpSocket().withNewPort(port).endTcpSocket().build()
        : probe
            .withNewHttpGet()
            .withPath(path)
            .withNewPort(port)
            .withScheme("HTTP")
            .endHttpGet()
            .build();
  }

  private static Map<String, Quantity> quantities(Map<String, String> amounts) {
    Map<String, Quantity> quantities = new TreeMap<>();
    amounts.forEach((name, amount) -> quantities.put(name, new Quantity(amount)));
    return quantities;
  }
}

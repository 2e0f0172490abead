package io.cite.core.engine.service;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.service.CreateSteps.Result;
import io.cite.core.engine.store.SealedVariables;
import io.cite.core.port.SecretSealer;
import io.cite.core.port.cluster.ClusterObjects;
import io.cite.core.port.cluster.ClusterSecrets;
import io.cite.core.port.cluster.Namespaces;
import io.cite.core.port.cluster.TrafficRouter;

/** The steps of a creation in the cluster: the namespace, the secret variables, the Service. */
public final class ClusterSteps {
  private final Namespaces namespaces;
  private final TrafficRouter router;
  private final ClusterSecrets secrets;
  private final ClusterObjects objects;
  private final SecretSealer sealer;
  private final CreateSettings settings;

  /** The steps in a cluster. */
  public ClusterSteps(
      Namespaces namespaces,
      TrafficRouter router,
      ClusterSecrets secrets,
      ClusterObjects objects,
      SecretSealer sealer,
      CreateSettings settings) {
    this.namespaces = namespaces;
    this.router = router;
    this.secrets = secrets;
    this.objects = objects;
    this.sealer = sealer;
    this.settings = settings;
  }

  /** Makes the namespace, or adopts one that is listed for it. */
  Result namespace(ServiceSettings service) {
    var namespace = service.id().namespace();
    boolean made =
        namespaces.ensure(
            namespace,
            service.repository().owner(),
            settings.adoptNamespaces().contains(namespace.value()));
    return Result.made(made, "namespace " + namespace);
  }

  /** Makes the Service of the first environment, with its secret variables. */
  Result kubernetesService(ServiceRecord record) {
    ServiceSettings service = record.settings();
    EnvironmentId id = new EnvironmentId(service.id(), service.branch());
    if (!record.sealedSecrets().isEmpty()) {
      secrets.put(id, new SealedVariables(sealer).open(service.id(), record.sealedSecrets()));
    }
    boolean made = router.ensureService(id, service.ports());
    String ports =
        service.portsFrom() == null
            ? "ports " + service.ports().values() + " as set"
            : "port " + service.portsFrom();
    return Result.made(made, "service " + id.name() + ": " + ports);
  }

  /** Removes all of the first environment. */
  void removeEnvironment(EnvironmentId environment) {
    objects.removeAllOf(environment);
  }

  /** Removes the namespace if nothing is left in it. */
  void removeNamespace(Namespace namespace) {
    namespaces.removeIfUnused(namespace);
  }
}

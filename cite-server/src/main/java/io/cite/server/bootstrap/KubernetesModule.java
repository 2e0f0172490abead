package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.adapters.k8s.ControllerKind;
import io.cite.adapters.k8s.KubernetesClients;
import io.cite.adapters.k8s.KubernetesCluster;
import io.cite.adapters.k8s.KubernetesSettings;
import io.cite.adapters.k8s.Placement;
import io.cite.adapters.k8s.Placement.Toleration;
import io.cite.adapters.k8s.ServiceType;
import io.cite.core.port.cluster.Cluster;
import io.cite.server.config.Configuration;
import io.cite.server.config.KubernetesConfiguration;
import io.cite.server.config.KubernetesConfiguration.Resources;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster that services run in. */
@Module
final class KubernetesModule {
  private KubernetesModule() {}

  @Provides
  @Singleton
  static KubernetesCluster cluster(
      Configuration configuration, io.cite.server.bootstrap.Resources open) {
    KubernetesConfiguration kubernetes = configuration.kubernetes();
    KubernetesClient client =
        open.add(
            kubernetes.api() == null
                ? KubernetesClients.connect(kubernetes.kubeconfig(), kubernetes.timeout())
                : KubernetesClients.connectTo(kubernetes.api().toString(), kubernetes.timeout()));
    return open.add(new KubernetesCluster(client, settings(kubernetes)));
  }

  @Provides
  static Cluster port(KubernetesCluster cluster) {
    return cluster;
  }

  private static KubernetesSettings settings(KubernetesConfiguration kubernetes) {
    Resources resources = kubernetes.resources();
    return KubernetesSettings.defaults()
        .withController(ControllerKind.valueOf(kubernetes.controller().name()))
        .withResources(
            quantities(resources.cpuRequest(), resources.memoryRequest()),
            quantities(resources.cpuLimit(), resources.memoryLimit()))
        .withPreStopWait(kubernetes.draining().preStopWait())
        .withServiceType(
            ServiceType.valueOf(kubernetes.serviceType().name()), kubernetes.nodeHost())
        .withPlacement(
            new Placement(
                kubernetes.nodeLabels(),
                kubernetes.tolerations().stream()
                    .map(taint -> new Toleration(taint.key(), taint.value(), taint.effect()))
                    .toList()));
  }

  private static Map<String, String> quantities(@Nullable String cpu, @Nullable String memory) {
    Map<String, String> quantities = new HashMap<>();
    if (cpu != null) {
      quantities.put("cpu", cpu);
    }
    if (memory != null) {
      quantities.put("memory", memory);
    }
    return quantities;
  }
}

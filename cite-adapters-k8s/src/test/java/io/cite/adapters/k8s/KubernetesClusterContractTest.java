package io.cite.adapters.k8s;

import io.cite.core.contract.ClusterContract;
import io.cite.core.contract.Servers;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** The adapter keeps the cluster's promises on a real one, with the documented rights alone. */
class KubernetesClusterContractTest {

  @Nested
  class WithReplicationControllers extends Real {
    WithReplicationControllers() {
      super(ControllerKind.REPLICATION_CONTROLLER);
    }
  }

  @Nested
  class WithReplicaSets extends Real {
    WithReplicaSets() {
      super(ControllerKind.REPLICA_SET);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Real extends ClusterContract {
    private final ControllerKind kind;
    private KubernetesClient admin;
    private ServiceAccountAccess access;
    private KubernetesCluster cluster;
    private ImageReference image;

    Real(ControllerKind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void connect() {
      Path kubeconfig = Path.of(Servers.require("KUBECONFIG"));
      image = new TestImages().serving();
      admin = KubernetesClients.connect(kubeconfig, Duration.ofSeconds(20));
      access = new ServiceAccountAccess(admin);
      cluster =
          new KubernetesCluster(
              access.client(),
              KubernetesSettings.defaults()
                  .withController(kind)
                  .withGracePeriod(Duration.ofSeconds(0)));
    }

    @AfterAll
    void disconnect() {
      if (access != null) {
        cluster.close();
        access.close();
        admin.close();
      }
    }

    @Override
    protected Cluster cluster() {
      return cluster;
    }

    @Override
    protected ImageReference image() {
      return image;
    }

    @Override
    protected Map<String, String> secretsOf(EnvironmentId environment) {
      Secret secret =
          admin
              .secrets()
              .inNamespace(environment.namespace().value())
              .withName(environment.name() + "-secrets")
              .get();
      return secret == null
          ? Map.of()
          : secret.getData().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      entry ->
                          new String(
                              Base64.getDecoder().decode(entry.getValue()),
                              StandardCharsets.UTF_8)));
    }
  }
}

package io.cite.server.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.adapters.k8s.ControllerKind;
import io.cite.adapters.k8s.KubernetesClients;
import io.cite.adapters.k8s.KubernetesCluster;
import io.cite.adapters.k8s.KubernetesSettings;
import io.cite.core.contract.ClusterContract;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.LogLine;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.RolloutId;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The production adapter keeps the cluster's promises when it talks to the sandbox. */
class SandboxKubernetesContractTest {

  @Nested
  class WithReplicationControllers extends Sandboxed {
    WithReplicationControllers() {
      super(ControllerKind.REPLICATION_CONTROLLER);
    }
  }

  @Nested
  class WithReplicaSets extends Sandboxed {
    WithReplicaSets() {
      super(ControllerKind.REPLICA_SET);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Sandboxed extends ClusterContract {
    private final ControllerKind kind;
    private SandboxKubernetes sandbox;
    private KubernetesClient client;
    private KubernetesCluster cluster;

    Sandboxed(ControllerKind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void start() {
      sandbox = SandboxKubernetes.start("127.0.0.1", 0);
      client = KubernetesClients.connectTo(sandbox.url(), Duration.ofSeconds(10));
      cluster = new KubernetesCluster(client, KubernetesSettings.defaults().withController(kind));
    }

    @AfterAll
    void stop() {
      cluster.close();
      client.close();
      sandbox.close();
    }

    @Override
    protected Cluster cluster() {
      return cluster;
    }

    @Override
    protected ImageReference image() {
      return ImageReference.parse("registry.example/acme/hello:1");
    }

    @Override
    protected Map<String, String> secretsOf(EnvironmentId environment) {
      Secret secret =
          client
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

    @Test
    void givesTheLinesOfTheRolloutsPodsOldestFirst() {
      RolloutId rollout = rollOutAndAwait(1, 2);

      List<LogLine> lines =
          cluster.logs().read(environment, rollout, new LogQuery(100, null, false));

      assertThat(lines).isSortedAccordingTo(Comparator.comparing(LogLine::at)).isNotEmpty();
      assertThat(lines.stream().map(LogLine::pod).distinct()).hasSize(2);
      assertThat(cluster.logs().read(environment, rollout, new LogQuery(3, null, false)))
          .isEqualTo(lines.subList(lines.size() - 3, lines.size()));
    }
  }
}

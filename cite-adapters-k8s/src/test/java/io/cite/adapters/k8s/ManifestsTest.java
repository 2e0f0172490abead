package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.CommitId;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each object that CITE makes, as a whole. {@code -Dgolden.write=true} writes the files anew. */
class ManifestsTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("acme/hello/feature/X");

  private final Manifests plain = new Manifests(KubernetesSettings.defaults(), () -> false);
  private final Manifests reachable =
      new Manifests(
          KubernetesSettings.defaults()
              .withResources(Map.of("cpu", "250m"), Map.of("memory", "128Mi"))
              .withServiceType(ServiceType.NODE_PORT, "node.example")
              .withPlacement(
                  new Placement(
                      Map.of("disk", "ssd"),
                      List.of(
                          new Placement.Toleration("spot", null, "NoSchedule"),
                          new Placement.Toleration("team", "web", null)))),
          () -> true);

  private static RolloutSpec spec(Probe probe, boolean hasSecrets) {
    return new RolloutSpec(
        new RolloutId(ENVIRONMENT, 12),
        new CommitId("0123456789abcdef0123456789abcdef01234567"),
        ImageReference.parse(
            "registry.example:5000/acme/hello:1@sha256:"
                + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        2,
        new ContainerPorts(List.of(8080, 9090)),
        probe,
        new Variables(Map.of("GREETING", "costs $5 and $(NAME)")),
        hasSecrets);
  }

  @Test
  void makesANamespace() throws IOException {
    assertGolden("namespace", plain.namespace(Namespace.of("Acme"), "Acme"));
  }

  @Test
  void makesAServiceThatSelectsNothing() throws IOException {
    assertGolden("service", plain.service(ENVIRONMENT, new ContainerPorts(List.of(8080, 9090))));
  }

  @Test
  void makesAServiceOnNodePorts() throws IOException {
    assertGolden(
        "service-node-port", reachable.service(ENVIRONMENT, new ContainerPorts(List.of(8080))));
  }

  @Test
  void makesASecret() throws IOException {
    assertGolden("secret", plain.secret(ENVIRONMENT, Map.of("KEY", "dmFsdWU=")));
  }

  @Test
  void makesAReplicationController() throws IOException {
    assertGolden(
        "replication-controller", plain.replicationController(spec(Probe.http("/up"), true)));
  }

  @Test
  void makesAReplicaSet() throws IOException {
    assertGolden("replica-set", reachable.replicaSet(spec(new Probe(null, 9090), false)));
  }

  private static void assertGolden(String name, Object made) throws IOException {
    Path file = GOLDEN.resolve(name + ".yaml");
    String yaml = Serialization.asYaml(made);
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, yaml);
    }
    assertThat(yaml).isEqualTo(Files.readString(file));
  }
}

package io.cite.adapters.k8s;

import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A namespace of a real cluster for each test, and CITE's adapter with its documented rights. */
final class RealCluster implements BeforeEachCallback, AfterEachCallback {
  static final ContainerPorts PORTS = new ContainerPorts(List.of(8080));
  static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final KubernetesSettings settings;
  private KubernetesClient admin;
  private ServiceAccountAccess access;
  private KubernetesCluster cluster;
  private String owner = "";

  RealCluster(KubernetesSettings settings) {
    this.settings = settings;
  }

  static Path kubeconfig() {
    return Path.of(Servers.require("KUBECONFIG"));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    admin = KubernetesClients.connect(kubeconfig(), Duration.ofSeconds(20));
    access = new ServiceAccountAccess(admin);
    cluster = new KubernetesCluster(access.client(), settings);
    owner = "cite-test-" + UUID.randomUUID().toString().substring(0, 8);
    cluster.namespaces().ensure(namespace(), owner, false);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (cluster != null) {
      cluster.close();
      admin.namespaces().withName(namespace().value()).delete();
      access.close();
      admin.close();
    }
  }

  KubernetesCluster cluster() {
    return cluster;
  }

  /** May do everything. */
  KubernetesClient admin() {
    return admin;
  }

  String owner() {
    return owner;
  }

  Namespace namespace() {
    return Namespace.of(owner);
  }

  EnvironmentId environment() {
    return new EnvironmentId(
        new ServiceId(namespace(), ServiceName.parse("hello")), BranchName.parse("feature/X"));
  }

  RolloutId rollout(long seq) {
    return new RolloutId(environment(), seq);
  }

  RolloutSpec spec(long seq, ImageReference image) {
    return spec(seq, image, Map.of(), false);
  }

  RolloutSpec spec(
      long seq, ImageReference image, Map<String, String> variables, boolean hasSecrets) {
    return new RolloutSpec(
        rollout(seq), COMMIT, image, 1, PORTS, Probe.tcp(), new Variables(variables), hasSecrets);
  }

  RolloutId rollOutAndAwait(RolloutSpec spec) {
    cluster.rollouts().rollOut(spec);
    await().atMost(TIMEOUT).until(() -> cluster.rollouts().observe(spec.id()).isReady());
    return spec.id();
  }
}

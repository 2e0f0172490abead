package io.cite.core.contract;

import static org.awaitility.Awaitility.await;

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
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The cluster that a contract asks, and what each test of it needs: a namespace of its own, which
 * is removed afterwards.
 */
abstract class ClusterFixture {
  protected static final ContainerPorts PORTS = new ContainerPorts(List.of(8080));
  protected static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");

  /** Whose namespace the test works in; another one for each test. */
  protected String owner = newOwner();

  protected Namespace namespace = Namespace.of(owner);
  protected EnvironmentId environment = environment("hello", "feature/X");

  private static String newOwner() {
    return "Cite-Test-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The cluster to test. */
  protected abstract Cluster cluster();

  /** An image whose pods get ready and listen on port 8080. */
  protected abstract ImageReference image();

  /** The secret variables of an environment as the cluster holds them; empty if it has none. */
  protected abstract Map<String, String> secretsOf(EnvironmentId environment);

  /** Lets the rollout's pods get ready, where they do not by themselves. */
  protected void makePodsReady(RolloutId rollout) {}

  /** How long the cluster may take to do what it was asked for. */
  protected Duration timeout() {
    return Duration.ofSeconds(60);
  }

  protected final EnvironmentId environment(String service, String branch) {
    return new EnvironmentId(
        new ServiceId(namespace, ServiceName.parse(service)), BranchName.parse(branch));
  }

  protected final RolloutSpec spec(long seq, int replicas) {
    return spec(new RolloutId(environment, seq), COMMIT, image(), replicas);
  }

  protected static RolloutSpec spec(
      RolloutId id, CommitId commit, ImageReference image, int replicas) {
    return new RolloutSpec(
        id,
        commit,
        image,
        replicas,
        PORTS,
        Probe.tcp(),
        new Variables(Map.of("GREETING", "hello")),
        false);
  }

  protected final RolloutId rollOutAndAwait(long seq, int replicas) {
    RolloutSpec spec = spec(seq, replicas);
    cluster().rollouts().rollOut(spec);
    awaitReady(spec.id());
    return spec.id();
  }

  protected final void awaitReady(RolloutId rollout) {
    makePodsReady(rollout);
    await().atMost(timeout()).until(() -> cluster().rollouts().observe(rollout).isReady());
  }

  @BeforeEach
  void makeNamespace() {
    owner = newOwner();
    namespace = Namespace.of(owner);
    environment = environment("hello", "feature/X");
    cluster().namespaces().ensure(namespace, owner, false);
  }

  @AfterEach
  void removeNamespace() {
    cluster().objects().removeAllOf(environment);
    cluster().objects().removeAllOf(environment("hello", "main"));
    cluster().namespaces().removeIfUnused(namespace);
  }
}

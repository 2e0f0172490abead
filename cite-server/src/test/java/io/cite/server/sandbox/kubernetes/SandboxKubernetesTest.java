package io.cite.server.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.adapters.k8s.KubernetesClients;
import io.cite.adapters.k8s.KubernetesCluster;
import io.cite.adapters.k8s.KubernetesSettings;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.CommitId;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.Blocker;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxKubernetesTest {
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("acme/hello/main");
  private static final RolloutId ROLLOUT = new RolloutId(ENVIRONMENT, 1);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private SandboxKubernetes sandbox;
  private KubernetesClient client;
  private KubernetesCluster cluster;

  @BeforeEach
  void start() {
    connectTo(SandboxKubernetes.start("127.0.0.1", 0));
    cluster.namespaces().ensure(ENVIRONMENT.namespace(), "acme", false);
  }

  private void connectTo(SandboxKubernetes started) {
    sandbox = started;
    client = KubernetesClients.connectTo(sandbox.url(), Duration.ofSeconds(10));
    cluster = new KubernetesCluster(client, KubernetesSettings.defaults());
  }

  @AfterEach
  void stop() {
    cluster.close();
    client.close();
    sandbox.close();
  }

  private void rollOut(String image, int replicas) {
    cluster
        .rollouts()
        .rollOut(
            new RolloutSpec(
                ROLLOUT,
                new CommitId("0123456789abcdef0123456789abcdef01234567"),
                ImageReference.parse(image),
                replicas,
                new ContainerPorts(List.of(8080)),
                Probe.tcp(),
                Variables.none(),
                false));
  }

  @ParameterizedTest
  @EnumSource(ImageFailure.class)
  void makesPodsOfCertainImagesFail(ImageFailure failure) {
    sandbox.failImagesMatching("/hello:bad$", failure);

    rollOut("registry.example/acme/hello:bad", 1);

    Blocker stuck =
        await()
            .atMost(TIMEOUT)
            .until(() -> cluster.rollouts().observe(ROLLOUT).stuck(), s -> s != null);
    assertThat(stuck.evidence().podReason()).isEqualTo(failure.reason());
    assertThat(stuck.isFinal())
        .isEqualTo(
            failure == ImageFailure.CRASH_LOOP_BACK_OFF
                || failure == ImageFailure.IMAGE_PULL_BACK_OFF);
  }

  @Test
  void showsTheLogOfAContainerThatCrashes() {
    sandbox.failImagesMatching("bad", ImageFailure.CRASH_LOOP_BACK_OFF);

    rollOut("registry.example/acme/hello:bad", 1);

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(cluster.rollouts().observe(ROLLOUT).stuck())
                    .isNotNull()
                    .satisfies(s -> assertThat(s.evidence().log()).contains("fatal")));
  }

  @Test
  void takesTheFailureOfImagesBack() {
    sandbox.failImagesMatching("bad", ImageFailure.NEVER_READY);
    sandbox.failNoImages();

    rollOut("registry.example/acme/hello:bad", 2);

    await().atMost(TIMEOUT).until(() -> cluster.rollouts().observe(ROLLOUT).isReady());
  }

  @Test
  void removesPodsWithTheirController() {
    rollOut("registry.example/acme/hello:1", 3);
    await().atMost(TIMEOUT).until(() -> cluster.rollouts().observe(ROLLOUT).isReady());

    cluster.rollouts().remove(ROLLOUT);

    await().atMost(TIMEOUT).until(() -> client.pods().inAnyNamespace().list().getItems().isEmpty());
  }

  @Test
  void removesWhatIsInANamespaceWithIt() {
    rollOut("registry.example/acme/hello:1", 1);

    client.namespaces().withName("acme").delete();

    await()
        .atMost(TIMEOUT)
        .until(
            () ->
                cluster.rollouts().list(ENVIRONMENT).isEmpty()
                    && client.pods().inAnyNamespace().list().getItems().isEmpty());
  }

  @Test
  void letsContainersWriteLogLines() {
    List<LogLine> followed = new CopyOnWriteArrayList<>();
    try (Subscription following = cluster.logs().follow(ENVIRONMENT, followed::add)) {
      rollOut("registry.example/acme/hello:1", 1);
      await().atMost(TIMEOUT).until(() -> followed.size() >= 2);
    }

    assertThat(followed)
        .extracting(LogLine::text)
        .startsWith("starting registry.example/acme/hello:1", "listening");
    assertThat(cluster.logs().read(ENVIRONMENT, ROLLOUT, new LogQuery(1, null, false)))
        .extracting(LogLine::text)
        .containsExactly("listening");
  }

  @Test
  void keepsItsObjectsInAFile(@TempDir Path folder) {
    Path file = folder.resolve("kubernetes.json");
    stop();
    connectTo(SandboxKubernetes.start("127.0.0.1", 0, file));
    cluster.namespaces().ensure(ENVIRONMENT.namespace(), "acme", false);
    rollOut("registry.example/acme/hello:1", 2);
    await().atMost(TIMEOUT).until(() -> cluster.rollouts().observe(ROLLOUT).isReady());
    List<Pod> pods = pods();

    stop();
    connectTo(SandboxKubernetes.start("127.0.0.1", 0, file));

    assertThat(pods()).hasSize(2).containsExactlyInAnyOrderElementsOf(pods);
    assertThat(cluster.rollouts().observe(ROLLOUT).isReady()).isTrue();
    client.resource(pods.get(0)).delete();
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(pods())
                    .hasSize(2)
                    .contains(pods.get(1))
                    .doesNotContain(pods.get(0))
                    .extracting(pod -> pod.getStatus().getPodIP())
                    .doesNotHaveDuplicates()
                    .doesNotContainNull());
    cluster.rollouts().remove(ROLLOUT);
    await().atMost(TIMEOUT).until(() -> pods().isEmpty());
  }

  private List<Pod> pods() {
    return client.pods().inAnyNamespace().list().getItems();
  }
}

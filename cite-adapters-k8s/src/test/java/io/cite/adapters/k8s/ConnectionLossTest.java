package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watches on a real cluster, with a connection that does not hold. */
class ConnectionLossTest {
  @RegisterExtension
  final RealCluster real =
      new RealCluster(KubernetesSettings.defaults().withGracePeriod(Duration.ZERO));

  private final AtomicInteger calls = new AtomicInteger();
  private CuttableProxy proxy;
  private KubernetesClient client;
  private KubernetesCluster cluster;

  @BeforeEach
  void connect() throws IOException {
    Config config = real.admin().getConfiguration();
    URI server = URI.create(config.getMasterUrl());
    proxy = new CuttableProxy(server.getHost(), server.getPort());
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config)
                    .withMasterUrl("https://127.0.0.1:" + proxy.port())
                    .withRequestTimeout(2_000)
                    .build())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("count", new Counting()))
            .build();
    cluster =
        new KubernetesCluster(client, KubernetesSettings.defaults().withGracePeriod(Duration.ZERO));
  }

  @AfterEach
  void disconnect() throws IOException {
    cluster.close();
    client.close();
    proxy.close();
  }

  private final class Counting implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      calls.incrementAndGet();
    }
  }

  private RolloutId rollOutAndAwait() {
    cluster.rollouts().rollOut(real.spec(1, new TestImages().serving()));
    RolloutId rollout = real.rollout(1);
    await().atMost(RealCluster.TIMEOUT).until(() -> cluster.rollouts().observe(rollout).isReady());
    return rollout;
  }

  /** The cache agrees with what was written once reading costs nothing. */
  private void awaitCache(RolloutId rollout) {
    await()
        .atMost(RealCluster.TIMEOUT)
        .until(
            () -> {
              int before = calls.get();
              cluster.rollouts().observe(rollout);
              return calls.get() == before;
            });
  }

  @Test
  void observesARolloutWithoutCallsOnceItWatches() {
    RolloutId rollout = rollOutAndAwait();
    awaitCache(rollout);
    int before = calls.get();

    for (int i = 0; i < 1000; i++) {
      assertThat(cluster.rollouts().observe(rollout).isReady()).isTrue();
    }

    assertThat(calls.get() - before).isLessThan(3);
  }

  @Test
  void takesALostConnectionForNoFactAndWatchesAgainAfterIt() {
    RolloutId rollout = rollOutAndAwait();
    awaitCache(rollout);
    Set<EnvironmentId> notified = ConcurrentHashMap.newKeySet();
    cluster.objects().watch(notified::add);

    proxy.cut();
    await().atMost(RealCluster.TIMEOUT).until(() -> status(rollout).isEmpty());
    real.cluster().rollouts().scale(rollout, 2);
    notified.clear();
    proxy.mend();

    await().atMost(RealCluster.TIMEOUT).until(() -> notified.contains(real.environment()));
    await()
        .atMost(RealCluster.TIMEOUT)
        .until(() -> status(rollout).filter(seen -> seen.ready() == 2).isPresent());
    awaitCache(rollout);
  }

  /** What is seen of a rollout that exists; empty if the API server cannot be reached. */
  private Optional<RolloutStatus> status(RolloutId rollout) {
    try {
      RolloutStatus seen = cluster.rollouts().observe(rollout);
      assertThat(seen.exists()).isTrue();
      return Optional.of(seen);
    } catch (Upstream e) {
      assertThat(e.isRetryable()).isTrue();
      return Optional.empty();
    }
  }

  @Test
  void doesNotWaitForeverForEventsOverAConnectionThatDiedWithoutAWord() {
    cluster.rollouts().rollOut(real.spec(1, new TestImages().deaf()));
    RolloutId rollout = real.rollout(1);
    await().atMost(RealCluster.TIMEOUT).until(() -> cluster.rollouts().observe(rollout).exists());
    awaitCache(rollout);

    proxy.freeze();
    real.cluster().rollouts().scale(rollout, 2);
    proxy.mend();

    await()
        .atMost(RealCluster.TIMEOUT)
        .until(() -> status(rollout).filter(seen -> seen.wanted() == 2).isPresent());
  }

  @Test
  void seesWhoTakesTheTrafficThoughTheWatchDiedWithoutAWord() {
    cluster.traffic().ensureService(real.environment(), RealCluster.PORTS);
    awaitCache(rollOutAndAwait());

    proxy.freeze();
    RolloutId newer = real.rollOutAndAwait(real.spec(2, new TestImages().serving()));
    real.cluster().traffic().switchTraffic(real.environment(), 2, newer, RealCluster.PORTS);
    proxy.mend();

    await()
        .atMost(RealCluster.TIMEOUT)
        .until(
            () ->
                cluster.traffic().current(real.environment()).filter(t -> t.readyEndpoints() == 1),
            Optional::isPresent);
  }
}

package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.ClusterObject;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.RolloutStatus;
import io.cite.core.port.cluster.SwitchResult;
import io.cite.core.port.cluster.Traffic;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Cluster} promises. Each test works in a namespace of its own, which is removed
 * afterwards.
 */
public abstract class ClusterContract {
  protected static final ContainerPorts PORTS = new ContainerPorts(List.of(8080));
  private static final CommitId COMMIT = new CommitId("0123456789abcdef0123456789abcdef01234567");
  private static final CommitId OTHER = new CommitId("89abcdef0123456789abcdef0123456789abcdef");

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

  @Test
  void makesANamespaceOnce() {
    assertThat(cluster().namespaces().ensure(namespace, owner, false)).isFalse();
    assertThat(cluster().namespaces().lookUp(namespace)).isEqualTo(NamespaceFinding.OURS);
  }

  @Test
  void findsNoNamespaceThatNobodyMade() {
    Namespace other = Namespace.of(owner + "-other");

    assertThat(cluster().namespaces().lookUp(other)).isEqualTo(NamespaceFinding.ABSENT);
  }

  @Test
  void removesANamespaceThatHoldsNoService() {
    cluster().namespaces().removeIfUnused(namespace);

    await()
        .atMost(timeout())
        .until(() -> cluster().namespaces().lookUp(namespace), NamespaceFinding.ABSENT::equals);
  }

  @Test
  void keepsANamespaceThatHoldsAService() {
    cluster().traffic().ensureService(environment, PORTS);

    cluster().namespaces().removeIfUnused(namespace);

    assertThat(cluster().namespaces().lookUp(namespace)).isEqualTo(NamespaceFinding.OURS);
  }

  @Test
  void makesAServiceOnceAndSendsItsTrafficNowhere() {
    assertThat(cluster().traffic().current(environment)).isEmpty();
    assertThat(cluster().traffic().ensureService(environment, PORTS)).isTrue();
    assertThat(cluster().traffic().ensureService(environment, PORTS)).isFalse();
    assertThat(cluster().traffic().current(environment)).contains(new Traffic(0, 0, 0));
  }

  @Test
  void givesNoAddressOfAnEnvironmentWithoutAService() {
    assertThat(cluster().traffic().address(environment)).isEmpty();
  }

  @Test
  void knowsNothingOfARolloutThatNobodyMade() {
    assertThat(cluster().rollouts().observe(new RolloutId(environment, 7)))
        .isEqualTo(RolloutStatus.ABSENT);
    assertThat(cluster().rollouts().list(environment)).isEmpty();
  }

  @Test
  void showsARolloutAsSoonAsItIsMade() {
    RolloutSpec spec = spec(1, 2);

    assertThat(cluster().rollouts().rollOut(spec)).isEqualTo(environment.name() + "-1");

    RolloutStatus seen = cluster().rollouts().observe(spec.id());
    assertThat(seen.exists()).isTrue();
    assertThat(seen.wanted()).isEqualTo(2);
    assertThat(cluster().rollouts().list(environment)).containsExactly(spec.id());
  }

  @Test
  void adoptsTheRolloutOfTheSameDeployment() {
    cluster().rollouts().rollOut(spec(1, 1));

    assertThat(cluster().rollouts().rollOut(spec(1, 1))).isEqualTo(environment.name() + "-1");
    assertThat(cluster().rollouts().list(environment)).hasSize(1);
  }

  @Test
  void refusesTheRolloutOfAnotherCommitUnderTheSameNumber() {
    cluster().rollouts().rollOut(spec(1, 1));

    assertThatThrownBy(
            () ->
                cluster()
                    .rollouts()
                    .rollOut(spec(new RolloutId(environment, 1), OTHER, image(), 1)))
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FOREIGN_OBJECT));
  }

  @Test
  void directsTrafficToAReadyRollout() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = rollOutAndAwait(1, 2);

    assertThat(cluster().traffic().switchTraffic(environment, 1, rollout))
        .isEqualTo(new SwitchResult.Switched());

    await()
        .atMost(timeout())
        .until(
            () -> cluster().traffic().current(environment).orElseThrow(),
            new Traffic(1, 1, 2)::equals);
  }

  @Test
  void switchesOnceForADeployment() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = new RolloutId(environment, 3);

    assertThat(cluster().traffic().switchTraffic(environment, 3, rollout))
        .isEqualTo(new SwitchResult.Switched());
    assertThat(cluster().traffic().switchTraffic(environment, 3, rollout))
        .isEqualTo(new SwitchResult.Switched());
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void saysThatAnEnvironmentHasNoServiceToSwitch() {
    RolloutId rollout = new RolloutId(environment, 1);

    assertThatThrownBy(() -> cluster().traffic().switchTraffic(environment, 1, rollout))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(environment.toString());
  }

  @Test
  void neverLetsAnOlderDeploymentOvertakeANewerOne() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 6, new RolloutId(environment, 6));

    assertThat(cluster().traffic().switchTraffic(environment, 5, new RolloutId(environment, 5)))
        .isEqualTo(new SwitchResult.Overtaken(6));
    assertThat(cluster().traffic().current(environment).orElseThrow().rolloutSeq()).isEqualTo(6);
  }

  @Test
  void directsTrafficBackToAnEarlierRolloutOnBehalfOfANewerDeployment() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 1, new RolloutId(environment, 1));
    cluster().traffic().switchTraffic(environment, 2, new RolloutId(environment, 2));

    cluster().traffic().switchTraffic(environment, 3, new RolloutId(environment, 1));

    Traffic traffic = cluster().traffic().current(environment).orElseThrow();
    assertThat(traffic.deploySeq()).isEqualTo(3);
    assertThat(traffic.rolloutSeq()).isEqualTo(1);
  }

  @Test
  void letsTheNewestOfManyDeploymentsAtOnceHaveTheTraffic() throws Exception {
    cluster().traffic().ensureService(environment, PORTS);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (long low = 1; low < 20; low += 2) {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<SwitchResult> older = threads.submit(switchTo(low, start));
        Future<SwitchResult> newer = threads.submit(switchTo(low + 1, start));

        assertThat(newer.get()).isEqualTo(new SwitchResult.Switched());
        assertThat(older.get())
            .isIn(new SwitchResult.Switched(), new SwitchResult.Overtaken(low + 1));
        Traffic traffic = cluster().traffic().current(environment).orElseThrow();
        assertThat(traffic.deploySeq()).isEqualTo(low + 1);
        assertThat(traffic.rolloutSeq()).isEqualTo(low + 1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<SwitchResult> switchTo(long seq, CyclicBarrier start) {
    return () -> {
      start.await();
      return cluster().traffic().switchTraffic(environment, seq, new RolloutId(environment, seq));
    };
  }

  private long committed() {
    return cluster().traffic().current(environment).orElseThrow().deploySeq();
  }

  @Test
  void keepsTheTrafficWhereItGoesWhenPortsChange() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 4, new RolloutId(environment, 4));

    assertThat(
            cluster().traffic().ensureService(environment, new ContainerPorts(List.of(9090, 8080))))
        .isFalse();

    assertThat(cluster().traffic().current(environment).orElseThrow().rolloutSeq()).isEqualTo(4);
    assertThat(committed()).isEqualTo(4);
  }

  @Test
  void scalesARollout() {
    RolloutId rollout = rollOutAndAwait(1, 1);

    cluster().rollouts().scale(rollout, 2);

    assertThat(cluster().rollouts().observe(rollout).wanted()).isEqualTo(2);
    awaitReady(rollout);
    assertThat(cluster().rollouts().observe(rollout).ready()).isEqualTo(2);
  }

  @Test
  void scalesAndRemovesNothingWhereThereIsNoRollout() {
    cluster().rollouts().scale(new RolloutId(environment, 9), 3);
    cluster().rollouts().remove(new RolloutId(environment, 9));

    assertThat(cluster().rollouts().observe(new RolloutId(environment, 9)))
        .isEqualTo(RolloutStatus.ABSENT);
  }

  @Test
  void removesOneRolloutAndNoOther() {
    cluster().rollouts().rollOut(spec(1, 1));
    cluster().rollouts().rollOut(spec(2, 1));

    cluster().rollouts().remove(new RolloutId(environment, 1));

    assertThat(cluster().rollouts().observe(new RolloutId(environment, 1)).exists()).isFalse();
    assertThat(cluster().rollouts().list(environment))
        .containsExactly(new RolloutId(environment, 2));
    assertThat(cluster().rollouts().observe(new RolloutId(environment, 2)).exists()).isTrue();
  }

  @Test
  void removesAllOfAnEnvironmentAndNothingOfAnother() {
    EnvironmentId other = environment("hello", "main");
    for (EnvironmentId each : List.of(environment, other)) {
      cluster().traffic().ensureService(each, PORTS);
      cluster().secrets().put(each, Map.of("KEY", Secret.of("value")));
      cluster().rollouts().rollOut(spec(new RolloutId(each, 1), COMMIT, image(), 1));
    }

    cluster().objects().removeAllOf(environment);
    cluster().objects().removeAllOf(environment);

    assertThat(cluster().traffic().current(environment)).isEmpty();
    assertThat(cluster().rollouts().list(environment)).isEmpty();
    assertThat(cluster().traffic().current(other)).isPresent();
    assertThat(cluster().rollouts().list(other)).hasSize(1);
  }

  @Test
  void listsEverythingOfCitesInTheCluster() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().rollouts().rollOut(spec(1, 1));
    cluster().rollouts().rollOut(spec(2, 1));

    assertThat(cluster().objects().inventory())
        .filteredOn(object -> object.namespace().equals(namespace))
        .containsExactlyInAnyOrder(
            new ClusterObject(namespace, environment.name(), 0),
            new ClusterObject(namespace, environment.name(), 1),
            new ClusterObject(namespace, environment.name(), 2));
  }

  @Test
  void keepsTheSecretsThatAreNotReplaced() {
    assertThat(secretsOf(environment)).isEmpty();
    cluster().secrets().put(environment, Map.of("A", Secret.of("1"), "B", Secret.of("2")));
    assertThat(secretsOf(environment)).isEqualTo(Map.of("A", "1", "B", "2"));

    cluster().secrets().put(environment, Map.of("A", Secret.of("3"), "C", Secret.of("4")));
    assertThat(secretsOf(environment)).isEqualTo(Map.of("A", "3", "B", "2", "C", "4"));
  }

  @Test
  void copiesSecretsAndKeepsThemApartFromThen() {
    EnvironmentId other = environment("hello", "main");
    cluster().secrets().put(environment, Map.of("A", Secret.of("1"), "B", Secret.of("2")));

    cluster().secrets().copy(environment, other);
    assertThat(secretsOf(other)).isEqualTo(Map.of("A", "1", "B", "2"));

    cluster().secrets().put(environment, Map.of("A", Secret.of("3")));
    assertThat(secretsOf(other)).isEqualTo(Map.of("A", "1", "B", "2"));
  }

  @Test
  void copiesNoSecretsWhereThereAreNone() {
    EnvironmentId other = environment("hello", "main");
    cluster().secrets().put(other, Map.of("A", Secret.of("1")));

    cluster().secrets().copy(environment("hello", "absent"), other);

    assertThat(secretsOf(other)).isEqualTo(Map.of("A", "1"));
  }

  @Test
  void tellsThatAnEnvironmentChangedUntilNobodyWantsToKnow() {
    Set<EnvironmentId> notified = ConcurrentHashMap.newKeySet();
    Subscription subscription = cluster().objects().watch(notified::add);

    cluster().rollouts().rollOut(spec(1, 1));
    makePodsReady(new RolloutId(environment, 1));

    await().atMost(timeout()).until(() -> notified.contains(environment));
    subscription.close();
    subscription.close();
  }

  @Test
  void tellsWhenPodsTakeTheTraffic() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = rollOutAndAwait(1, 1);
    Set<Integer> endpoints = ConcurrentHashMap.newKeySet();
    Subscription subscription =
        cluster()
            .objects()
            .watch(
                changed ->
                    cluster()
                        .traffic()
                        .current(environment)
                        .filter(traffic -> changed.equals(environment))
                        .ifPresent(traffic -> endpoints.add(traffic.readyEndpoints())));

    cluster().traffic().switchTraffic(environment, 1, rollout);

    await().atMost(timeout()).until(() -> endpoints.contains(1));
    subscription.close();
  }

  @Test
  void countsOnlyPodsThatTakeTraffic() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId first = rollOutAndAwait(1, 1);
    cluster().traffic().switchTraffic(environment, 1, first);
    await().atMost(timeout()).until(() -> trafficNow().readyEndpoints() == 1);

    cluster().traffic().switchTraffic(environment, 2, new RolloutId(environment, 2));
    assertThat(trafficNow()).isEqualTo(new Traffic(2, 2, 0));

    cluster().traffic().switchTraffic(environment, 3, first);
    await().atMost(timeout()).until(() -> trafficNow().equals(new Traffic(3, 1, 1)));

    cluster().rollouts().scale(first, 0);
    await().atMost(timeout()).until(() -> trafficNow().equals(new Traffic(3, 1, 0)));
  }

  private Traffic trafficNow() {
    return cluster().traffic().current(environment).orElseThrow();
  }

  @Test
  void givesLogLinesOldestFirst() {
    RolloutId rollout = rollOutAndAwait(1, 2);
    LogQuery query = new LogQuery(100, null, false);

    List<LogLine> lines = cluster().logs().read(environment, rollout, query);

    assertThat(lines).isSortedAccordingTo(Comparator.comparing(LogLine::at));
    assertThat(cluster().logs().read(environment, new RolloutId(environment, 2), query)).isEmpty();
    assertThat(cluster().logs().read(environment("hello", "main"), null, query)).isEmpty();
  }

  @Test
  void followsLogsUntilNobodyWantsToRead() {
    Set<LogLine> lines = ConcurrentHashMap.newKeySet();

    Subscription subscription = cluster().logs().follow(environment, lines::add);

    subscription.close();
    assertThatCode(subscription::close).doesNotThrowAnyException();
    assertThat(lines).isEmpty();
  }
}

package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.ClusterObject;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.RolloutStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Cluster} promises. Each test works in a namespace of its own, which is removed
 * afterwards.
 */
public abstract class ClusterContract extends TrafficContract {
  private static final CommitId OTHER = new CommitId("89abcdef0123456789abcdef0123456789abcdef");

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

    cluster().secrets().copy(environment, other, List.of("A", "B", "absent"));
    assertThat(secretsOf(other)).isEqualTo(Map.of("A", "1", "B", "2"));

    cluster().secrets().put(environment, Map.of("A", Secret.of("3")));
    assertThat(secretsOf(other)).isEqualTo(Map.of("A", "1", "B", "2"));
  }

  @Test
  void copiesOnlyTheSecretsThatAreNamed() {
    EnvironmentId other = environment("hello", "other");
    cluster().secrets().put(environment, Map.of("A", Secret.of("1"), "B", Secret.of("2")));

    cluster().secrets().copy(environment, other, List.of("B"));
    assertThat(secretsOf(other)).isEqualTo(Map.of("B", "2"));
  }

  @Test
  void removesSecretsOnceAndKeepsTheOthers() {
    cluster().secrets().put(environment, Map.of("A", Secret.of("1"), "B", Secret.of("2")));

    cluster().secrets().remove(environment, List.of("A", "absent"));
    cluster().secrets().remove(environment, List.of("A"));
    assertThat(secretsOf(environment)).isEqualTo(Map.of("B", "2"));

    cluster().secrets().remove(environment("hello", "absent"), List.of("A"));
    assertThat(secretsOf(environment("hello", "absent"))).isEmpty();
  }

  @Test
  void namesTheSecretsThatItHas() {
    assertThat(cluster().secrets().names(environment("hello", "absent"))).isEmpty();
    cluster().secrets().put(environment, Map.of("A", Secret.of("1"), "B", Secret.of("2")));
    cluster().secrets().remove(environment, List.of("B"));

    assertThat(cluster().secrets().names(environment)).containsExactly("A");
  }

  @Test
  void copiesNoSecretsWhereThereAreNone() {
    EnvironmentId other = environment("hello", "main");
    cluster().secrets().put(other, Map.of("A", Secret.of("1")));

    cluster().secrets().copy(environment("hello", "absent"), other, List.of("A"));

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
  void givesNoLogLinesOfWhatDoesNotRun() {
    rollOutAndAwait(1, 2);
    LogQuery query = new LogQuery(100, null, false);

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

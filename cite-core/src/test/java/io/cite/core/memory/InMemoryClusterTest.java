package io.cite.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.ClusterContract;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.Conflict;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InMemoryClusterTest extends ClusterContract {
  private final InMemoryCluster cluster = new InMemoryCluster();

  @Override
  protected Cluster cluster() {
    return cluster;
  }

  @Override
  protected ImageReference image() {
    return ImageReference.parse("registry.invalid/acme/hello:1");
  }

  @Override
  protected Map<String, String> secretsOf(EnvironmentId environment) {
    return cluster.secrets(environment).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, secret -> secret.getValue().reveal()));
  }

  @Test
  void refusesANamespaceOfSomebodyElseUnlessItMayAdoptIt() {
    Namespace foreign = Namespace.parse("elsewhere");
    cluster.addForeignNamespace(foreign);

    assertThat(cluster.namespaces().lookUp(foreign)).isEqualTo(NamespaceFinding.FOREIGN);
    assertThatThrownBy(() -> cluster.namespaces().ensure(foreign, "elsewhere", false))
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("was not created by CITE");
    assertThat(cluster.namespaces().ensure(foreign, "elsewhere", true)).isFalse();
    cluster.namespaces().removeIfUnused(foreign);
    assertThat(cluster.namespaces().lookUp(foreign)).isEqualTo(NamespaceFinding.FOREIGN);
  }

  @Test
  void getsNoPodReadyUntilItIsOrderedTo() {
    cluster.readyAtOnce(false);
    RolloutId rollout = spec(1, 2).id();
    cluster.rollouts().rollOut(spec(1, 2));
    assertThat(cluster.rollouts().observe(rollout))
        .isEqualTo(new RolloutStatus(true, 2, 0, 2, 0, null));

    Set<Object> notified = ConcurrentHashMap.newKeySet();
    cluster.objects().watch(notified::add);
    cluster.makeReady(rollout);

    assertThat(cluster.rollouts().observe(rollout))
        .isEqualTo(new RolloutStatus(true, 2, 2, 2, 0, null));
    assertThat(notified).containsExactly(environment);
  }

  @Test
  void showsWhyAFailingRolloutGetsNotReady() {
    cluster.failRolloutsOf(spec -> true);
    cluster.rollouts().rollOut(spec(1, 1));

    RolloutStatus seen = cluster.rollouts().observe(spec(1, 1).id());

    assertThat(seen.isReady()).isFalse();
    assertThat(seen.stuck()).isNotNull();
    assertThat(seen.stuck().isFinal()).isTrue();
    assertThat(seen.stuck().evidence().podReason()).isEqualTo("CrashLoopBackOff");
  }

  @Test
  void keepsSecretsOfEachEnvironment() {
    cluster.secrets().put(environment, Map.of("A", Secret.of("1"), "B", Secret.of("2")));
    cluster.secrets().put(environment, Map.of("B", Secret.of("3")));
    cluster.secrets().copy(environment, environment("hello", "main"), List.of("A", "B"));

    assertThat(cluster.secrets(environment("hello", "main")))
        .isEqualTo(Map.of("A", Secret.of("1"), "B", Secret.of("3")));
    cluster.objects().removeAllOf(environment);
    assertThat(cluster.secrets(environment)).isEmpty();
  }

  @Test
  void makesNothingInANamespaceThatIsMissing() {
    cluster.namespaces().removeIfUnused(namespace);

    assertThatThrownBy(() -> cluster.traffic().ensureService(environment, PORTS))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageStartingWith("CITE could not create an object in " + namespace);
    assertThatThrownBy(() -> cluster.rollouts().rollOut(spec(1, 1))).isInstanceOf(Upstream.class);
  }
}

package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.Secret;
import io.cite.core.port.cluster.Blocker;
import io.cite.core.port.cluster.RolloutId;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why a rollout does not get ready is reported early and with evidence: on a real cluster. */
class StuckRolloutTest {
  private static final KubernetesSettings SETTINGS =
      KubernetesSettings.defaults().withGracePeriod(Duration.ZERO);

  private static Blocker awaitStuck(RealCluster real, RolloutId rollout, Predicate<Blocker> like) {
    return await()
        .atMost(RealCluster.TIMEOUT)
        .until(
            () -> real.cluster().rollouts().observe(rollout).stuck(),
            stuck -> stuck != null && like.test(stuck));
  }

  /** A kubelet writes its events one after the other, some time after what they tell of. */
  private static boolean tells(Blocker blocker, String words) {
    return blocker.evidence().events().stream().anyMatch(event -> event.contains(words));
  }

  @Nested
  class OfAnyPods {
    @RegisterExtension final RealCluster real = new RealCluster(SETTINGS);

    @Test
    void isFinalWhereTheImageDoesNotExist() {
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().absent()));

      Blocker stuck =
          awaitStuck(
              real,
              real.rollout(1),
              blocker -> blocker.isFinal() && tells(blocker, "Failed to pull image"));

      assertThat(stuck.cause()).contains("no-such-image").contains("cannot be pulled");
      assertThat(stuck.evidence().podReason()).isIn("ErrImagePull", "ImagePullBackOff");
    }

    @Test
    void isFinalWhereTheContainerCrashesAndShowsItsLogWithoutSecrets() {
      real.cluster().secrets().put(real.environment(), Map.of("TOKEN", Secret.of("s3cr3t-value")));
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().crashing(), Map.of(), true));

      Blocker stuck = awaitStuck(real, real.rollout(1), Blocker::isFinal);

      assertThat(stuck.cause()).isEqualTo("the container ended with exit code 3");
      assertThat(stuck.evidence().log()).contains("cannot start with ********");
      assertThat(stuck.evidence().toString()).doesNotContain("s3cr3t-value");
    }

    @Test
    void mayPassWhileTheReadinessProbeFails() {
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().deaf()));

      Blocker stuck =
          awaitStuck(real, real.rollout(1), blocker -> tells(blocker, "Readiness probe failed"));

      assertThat(stuck.isFinal()).isFalse();
      assertThat(stuck.cause()).contains("readiness probe");
      assertThat(stuck.evidence().log()).contains("listening nowhere");
    }

    @Test
    void mayPassWhileAQuotaIsExceededAndIsReportedInTheServersWords() {
      real.admin()
          .resource(
              new ResourceQuotaBuilder()
                  .withNewMetadata()
                  .withNamespace(real.namespace().value())
                  .withName("none")
                  .endMetadata()
                  .withNewSpec()
                  .addToHard("pods", new Quantity("0"))
                  .endSpec()
                  .build())
          .create();
      await()
          .atMost(RealCluster.TIMEOUT)
          .until(
              () ->
                  real.admin()
                      .resourceQuotas()
                      .inNamespace(real.namespace().value())
                      .withName("none")
                      .get()
                      .getStatus()
                      .getHard(),
              hard -> hard != null && !hard.isEmpty());
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().serving()));

      Blocker stuck = awaitStuck(real, real.rollout(1), s -> s.cause().contains("quota"));

      assertThat(stuck.isFinal()).isFalse();
      assertThat(stuck.cause()).contains("exceeded quota: none");
    }
  }

  @Nested
  class OfPodsThatAskForTooMuch {
    @RegisterExtension
    final RealCluster real =
        new RealCluster(SETTINGS.withResources(Map.of("cpu", "1000"), Map.of()));

    @Test
    void mayPassWhileNoNodeTakesThePod() {
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().serving()));

      Blocker stuck = awaitStuck(real, real.rollout(1), s -> true);

      assertThat(stuck.isFinal()).isFalse();
      assertThat(stuck.cause()).contains("no node can run the pod").contains("Insufficient cpu");
      assertThat(stuck.evidence().podReason()).isEqualTo("Unschedulable");
    }
  }

  @Nested
  class OfPodsWithLittleMemory {
    @RegisterExtension
    final RealCluster real =
        new RealCluster(
            SETTINGS.withResources(
                Map.of("cpu", "10m", "memory", "16Mi"), Map.of("memory", "16Mi")));

    @Test
    void isFinalWhereTheContainerTakesTooMuchMemory() {
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().greedy()));

      Blocker stuck = awaitStuck(real, real.rollout(1), Blocker::isFinal);

      // Which of these reasons the node reports is a race in its container runtime.
      assertThat(stuck.cause()).contains("more memory than its limit 16Mi");
      assertThat(stuck.evidence().podReason()).isIn("OOMKilled", "Error", "CrashLoopBackOff");
    }
  }
}

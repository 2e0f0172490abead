package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node reports about the end of a container becomes a message that says what to do. */
class RolloutDiagnosisTest {
  private static Pod ended(String reason, int exitCode, Map<String, Quantity> limits) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("api-1-x")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("app")
        .withNewResources()
        .withLimits(limits)
        .endResources()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName("app")
                .withRestartCount(1)
                .withNewState()
                .withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .endTerminated()
                .endState()
                .build())
        .endStatus()
        .build();
  }

  private static RolloutDiagnosis.Finding of(
      String reason, int exitCode, Map<String, Quantity> limits) {
    Pod pod = ended(reason, exitCode, limits);
    Controller controller = new Controller(pod, 1, "any", null);
    return RolloutDiagnosis.of(controller, List.of(pod)).orElseThrow();
  }

  @Test
  void tellsALackOfMemory() {
    RolloutDiagnosis.Finding finding = of("OOMKilled", 137, Map.of("memory", new Quantity("16Mi")));

    assertThat(finding.cause())
        .isEqualTo("the container was killed because it used more memory than its limit 16Mi");
    assertThat(finding.reason()).isEqualTo("OOMKilled");
    assertThat(finding.weight()).isEqualTo(RolloutDiagnosis.Weight.FINAL);
  }

  @Test
  void namesALackOfMemoryAsLikelyWhereTheNodeOnlySawTheKill() {
    RolloutDiagnosis.Finding finding = of("Error", 137, Map.of("memory", new Quantity("16Mi")));

    assertThat(finding.cause())
        .isEqualTo(
            "the container was killed (exit code 137), probably because it used more memory than its"
                + " limit 16Mi");
  }

  @Test
  void accusesNoLimitThatDoesNotExist() {
    assertThat(of("Error", 137, Map.of()).cause())
        .isEqualTo("the container ended with exit code 137");
    assertThat(of("Error", 3, Map.of("memory", new Quantity("16Mi"))).cause())
        .isEqualTo("the container ended with exit code 3");
  }
}

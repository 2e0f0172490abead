package io.cite.server.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the sandbox's pods look like: pure functions of their template and failure. */
final class SandboxPods {
  private SandboxPods() {}

  /** A pod of a controller, in the state before anything was started. */
  static Pod of(HasMetadata controller, PodTemplateSpec template, String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(controller.getMetadata().getNamespace())
        .withName(name)
        .withLabels(template.getMetadata().getLabels())
        .withAnnotations(template.getMetadata().getAnnotations())
        .addNewOwnerReference()
        .withApiVersion(controller.getApiVersion())
        .withKind(controller.getKind())
        .withName(controller.getMetadata().getName())
        .withUid(controller.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(template.getSpec())
        .withNewStatus()
        .withPhase("Pending")
        .endStatus()
        .build();
  }

  static boolean isPending(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getConditions().isEmpty();
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  static String image(Pod pod) {
    return pod.getSpec().getContainers().isEmpty()
        ? ""
        : pod.getSpec().getContainers().get(0).getImage();
  }

  /** The status of a started pod. */
  static PodStatus started(Pod pod, Optional<ImageFailure> failure, String ip, Instant at) {
    ImageFailure how = failure.orElse(null);
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(phase(how))
            .withStartTime(at.toString())
            .withConditions(conditions(how, at));
    if (how != ImageFailure.UNSCHEDULABLE) {
      status
          .withPodIP(ip)
          .withHostIP("127.0.0.1")
          .withContainerStatuses(
              pod.getSpec().getContainers().stream().map(c -> container(c, how, at)).toList());
    }
    return status.build();
  }

  private static String phase(@Nullable ImageFailure failure) {
    return failure == ImageFailure.UNSCHEDULABLE || failure == ImageFailure.IMAGE_PULL_BACK_OFF
        ? "Pending"
        : "Running";
  }

  private static List<PodCondition> conditions(@Nullable ImageFailure failure, Instant at) {
    if (failure == ImageFailure.UNSCHEDULABLE) {
      return List.of(
          new PodConditionBuilder(condition("PodScheduled", false, at))
              .withReason("Unschedulable")
              .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
              .build());
    }
    boolean ready = failure == null;
    return List.of(
        condition("PodScheduled", true, at),
        condition("Initialized", true, at),
        condition("ContainersReady", ready, at),
        condition("Ready", ready, at));
  }

  private static PodCondition condition(String type, boolean holds, Instant at) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withLastTransitionTime(at.toString())
        .build();
  }

  private static ContainerStatus container(
      Container container, @Nullable ImageFailure failure, Instant at) {
    ContainerStatusBuilder status =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(container.getImage())
            .withReady(failure == null)
            .withStarted(failure == null)
            .withRestartCount(0);
    if (failure == ImageFailure.IMAGE_PULL_BACK_OFF) {
      return status
          .withState(
              waiting(failure.reason(), "Back-off pulling image \"" + container.getImage() + "\""))
          .build();
    }
    if (failure == ImageFailure.CRASH_LOOP_BACK_OFF) {
      return status
          .withRestartCount(2)
          .withState(
              waiting(
                  failure.reason(),
                  "back-off 20s restarting failed container=" + container.getName()))
          .withNewLastState()
          .withNewTerminated()
          .withExitCode(1)
          .withReason("Error")
          .withStartedAt(at.toString())
          .withFinishedAt(at.toString())
          .endTerminated()
          .endLastState()
          .build();
    }
    return status
        .withNewState()
        .withNewRunning()
        .withStartedAt(at.toString())
        .endRunning()
        .endState()
        .build();
  }

  private static io.fabric8.kubernetes.api.model.ContainerState waiting(
      String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }
}

package io.cite.adapters.k8s;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a rollout does not get ready, as far as its controller and pods say: a pure function of their
 * status.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states">Container
 *     states</a>
 */
final class RolloutDiagnosis {
  private static final Set<String> BAD_CONFIGURATION =
      Set.of("CreateContainerConfigError", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> NO_START = Set.of("RunContainerError", "CreateContainerError");
  private static final Set<String> NO_IMAGE = Set.of("ErrImagePull", "ImagePullBackOff");
  private static final List<String> IMAGE_IS_MISSING =
      List.of("not found", "manifest unknown", "name unknown", "does not exist");
  private static final int CRASHES_UNTIL_FINAL = 2;

  /** 128 and the number of SIGKILL, as a shell counts it. */
  private static final int KILLED = 137;

  /** How sure it is that waiting is pointless, surest first. */
  enum Weight {
    FINAL,
    PASSING,
    /** Every rollout looks like that for a while after its start. */
    STARTING
  }

  /**
   * One reason.
   *
   * @param cause in plain words
   * @param reason Kubernetes' word
   * @param pod name of the pod that shows it; null if it is the controller
   * @param container the container whose log tells more; null if there is no log
   * @param previous whether the log of its last run tells more than that of the present one
   */
  record Finding(
      String cause,
      @Nullable String reason,
      Weight weight,
      @Nullable String pod,
      @Nullable String container,
      boolean previous) {}

  private RolloutDiagnosis() {}

  /** The weightiest finding; empty if nothing speaks against getting ready. */
  static Optional<Finding> of(Controller controller, List<Pod> pods) {
    List<Finding> findings = new ArrayList<>();
    for (Pod pod : pods) {
      if (!Pods.isEnding(pod) && !Pods.isReady(pod)) {
        inspect(pod, findings);
      }
    }
    if (controller.failure() != null && pods.size() < controller.replicas()) {
      findings.add(
          new Finding(
              "pods cannot be created: " + controller.failure(),
              "FailedCreate",
              Weight.PASSING,
              null,
              null,
              false));
    }
    return findings.stream().min(Comparator.comparing(Finding::weight));
  }

  private static void inspect(Pod pod, List<Finding> findings) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return;
    }
    unschedulable(pod, status).ifPresent(findings::add);
    evicted(pod, status).ifPresent(findings::add);
    for (ContainerStatus container : status.getContainerStatuses()) {
      container(pod, container).ifPresent(findings::add);
    }
  }

  private static Optional<Finding> unschedulable(Pod pod, PodStatus status) {
    for (PodCondition condition : status.getConditions()) {
      if ("PodScheduled".equals(condition.getType())
          && "False".equals(condition.getStatus())
          && "Unschedulable".equals(condition.getReason())) {
        return Optional.of(
            new Finding(
                "no node can run the pod: " + condition.getMessage(),
                "Unschedulable",
                Weight.PASSING,
                name(pod),
                null,
                false));
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> evicted(Pod pod, PodStatus status) {
    return "Failed".equals(status.getPhase()) && status.getReason() != null
        ? Optional.of(
            new Finding(
                "the cluster stopped a pod"
                    + (status.getMessage() == null ? "" : ": " + status.getMessage()),
                status.getReason(),
                Weight.PASSING,
                name(pod),
                null,
                false))
        : Optional.empty();
  }

  private static Optional<Finding> container(Pod pod, ContainerStatus container) {
    ContainerState state = container.getState();
    if (state == null) {
      return Optional.empty();
    }
    if (state.getWaiting() != null && state.getWaiting().getReason() != null) {
      Optional<Finding> waiting = waiting(pod, container, state.getWaiting());
      if (waiting.isPresent()) {
        return waiting;
      }
    }
    Optional<Finding> crashed = crashed(pod, container);
    if (crashed.isPresent()) {
      return crashed;
    }
    boolean unready = state.getRunning() != null && !Boolean.TRUE.equals(container.getReady());
    return unready
        ? Optional.of(
            new Finding(
                "the container runs but its readiness probe does not succeed",
                "Unready",
                Weight.STARTING,
                name(pod),
                container.getName(),
                false))
        : Optional.empty();
  }

  private static Optional<Finding> waiting(
      Pod pod, ContainerStatus container, ContainerStateWaiting waiting) {
    String reason = waiting.getReason();
    String said = waiting.getMessage() == null ? "" : ": " + waiting.getMessage();
    if (NO_IMAGE.contains(reason)) {
      boolean sure = "ImagePullBackOff".equals(reason) || isMissing(said);
      return found(
          pod, "the image " + container.getImage() + " cannot be pulled" + said, reason, sure);
    }
    if (BAD_CONFIGURATION.contains(reason)) {
      return found(pod, "the container cannot be created" + said, reason, true);
    }
    if (NO_START.contains(reason)) {
      return found(pod, "the container cannot be started" + said, reason, restarts(container) > 0);
    }
    return Optional.empty();
  }

  private static boolean isMissing(String said) {
    String text = said.toLowerCase(Locale.ROOT);
    return IMAGE_IS_MISSING.stream().anyMatch(text::contains);
  }

  private static Optional<Finding> found(Pod pod, String cause, String reason, boolean sure) {
    return Optional.of(
        new Finding(cause, reason, sure ? Weight.FINAL : Weight.PASSING, name(pod), null, false));
  }

  private static Optional<Finding> crashed(Pod pod, ContainerStatus container) {
    ContainerStateTerminated now = container.getState().getTerminated();
    ContainerStateTerminated before =
        container.getLastState() == null ? null : container.getLastState().getTerminated();
    ContainerStateTerminated end = now == null ? before : now;
    ContainerStateWaiting waiting = container.getState().getWaiting();
    boolean backsOff = waiting != null && "CrashLoopBackOff".equals(waiting.getReason());
    if (end == null && !backsOff) {
      return Optional.empty();
    }
    int crashes = restarts(container) + (now == null ? 0 : 1);
    boolean failed = end != null && end.getExitCode() != null && end.getExitCode() != 0;
    boolean sure = backsOff || (failed && crashes >= CRASHES_UNTIL_FINAL);
    return Optional.of(
        new Finding(
            end == null
                ? "the container ends again and again"
                : howItEnded(end, memoryLimit(pod, container.getName())),
            isOutOfMemory(end) ? "OOMKilled" : backsOff ? "CrashLoopBackOff" : reason(end),
            sure ? Weight.FINAL : Weight.PASSING,
            name(pod),
            container.getName(),
            now == null));
  }

  private static boolean isOutOfMemory(@Nullable ContainerStateTerminated end) {
    return end != null && "OOMKilled".equals(end.getReason());
  }

  private static @Nullable String reason(@Nullable ContainerStateTerminated end) {
    return end == null ? null : end.getReason();
  }

  /**
   * In words.
   *
   * @see <a href="https://github.com/containerd/containerd/issues/8180">containerd#8180: now and
   *     then a lack of memory is reported as a mere Error with exit code 137</a>
   */
  private static String howItEnded(ContainerStateTerminated end, @Nullable Quantity mostMemory) {
    String limit = "more memory than its limit" + (mostMemory == null ? "" : " " + mostMemory);
    if (isOutOfMemory(end)) {
      return "the container was killed because it used " + limit;
    }
    if (mostMemory != null && Objects.equals(end.getExitCode(), KILLED)) {
      return "the container was killed (exit code 137), probably because it used " + limit;
    }
    if ("StartError".equals(end.getReason()) || "ContainerCannotRun".equals(end.getReason())) {
      return "the container cannot be started: " + end.getMessage();
    }
    if (end.getSignal() != null && end.getSignal() != 0) {
      return "the container was ended by signal " + end.getSignal();
    }
    return "the container ended with exit code " + end.getExitCode();
  }

  private static @Nullable Quantity memoryLimit(Pod pod, String container) {
    return pod.getSpec() == null
        ? null
        : pod.getSpec().getContainers().stream()
            .filter(c -> c.getName().equals(container) && c.getResources() != null)
            .map(c -> c.getResources().getLimits())
            .filter(Objects::nonNull)
            .map(limits -> limits.get("memory"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private static int restarts(ContainerStatus container) {
    return container.getRestartCount() == null ? 0 : container.getRestartCount();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}

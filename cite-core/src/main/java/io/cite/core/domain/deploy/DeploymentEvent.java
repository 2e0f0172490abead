package io.cite.core.domain.deploy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can happen to a deployment. */
public sealed interface DeploymentEvent {
  /** The source host has a deployment of this number for it. */
  record Announced(long githubId) implements DeploymentEvent {}

  /** A leader that lost its term may be telling the source host something of it. */
  record InDoubt(Instant recheckAt) implements DeploymentEvent {}

  /** The source host has it once and as it is. */
  record Rechecked() implements DeploymentEvent {}

  /**
   * The source host could not be notified now; it will be notified later, and the rollout goes on.
   */
  record AnnouncementDeferred(String why) implements DeploymentEvent {}

  /**
   * The controller exists in the cluster.
   *
   * @param settings what its pods were given; null if that is not known
   */
  record RolledOut(String controller, @Nullable PodSettings settings) implements DeploymentEvent {}

  /** So many pods are ready. */
  record PodsReady(int ready, int wanted) implements DeploymentEvent {}

  /** All wanted pods are ready. */
  record AllReady(int wanted) implements DeploymentEvent {}

  /** The Service's selector names its rollout; by then one of its pods has to take traffic. */
  record Switched(Instant confirmUntil) implements DeploymentEvent {}

  /** So many of its pods take traffic. */
  record Confirmed(int endpoints) implements DeploymentEvent {}

  /** None of its pods took traffic in time; it keeps the traffic until another one takes it. */
  record NoEndpoints(String cause, @Nullable Evidence evidence) implements DeploymentEvent {}

  /** It cannot become live, or another one took the traffic that none of its pods had taken. */
  record Failed(String cause, @Nullable Evidence evidence) implements DeploymentEvent {}

  /** Something newer made it pointless; {@code by} says what. */
  record Superseded(String by) implements DeploymentEvent {}

  /** A person asked to stop it. */
  record CancelRequested(String by) implements DeploymentEvent {}

  /** A newer deployment took the traffic; with the drain null if it does so with the same pods. */
  record Replaced(long bySeq, @Nullable Drain drain) implements DeploymentEvent {}

  /** The switch that took its traffic is confirmed: from then on its pods are to end. */
  record DrainPlanned(Instant from) implements DeploymentEvent {}

  /** All of its pods were asked to end. */
  record Emptied() implements DeploymentEvent {}

  /** None of the pods that it had the traffic with runs any more. */
  record Drained() implements DeploymentEvent {}

  /** Its pods take traffic again, on behalf of a newer deployment. */
  record TakenAgain() implements DeploymentEvent {}

  /** None of the pods that a former deployment had the traffic with runs any more. */
  record FormerDrained(long seq, Duration afterSwitch) implements DeploymentEvent {}

  /** The present state was reported to the source host. */
  record Reported(ReportedState reported) implements DeploymentEvent {}

  /** Its rollout was removed from the cluster. */
  record RolloutRemoved() implements DeploymentEvent {}
}

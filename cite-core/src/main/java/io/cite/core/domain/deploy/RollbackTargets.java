package io.cite.core.domain.deploy;

import java.util.Comparator;
import java.util.List;

/**
 * Where an environment's traffic may go back to when none of the live deployment's pods takes it: a
 * pure decision. It is asked again whenever the environment is checked, so that a rollout whose
 * pods get ready later serves as well.
 */
public final class RollbackTargets {
  private RollbackTargets() {}

  /**
   * Earlier deployments that were live, the last one first, whose rollouts may be used again. One
   * that was gone back to before, without success, is none of them; and there are none if somebody
   * stopped going back.
   *
   * @param live the deployment that has the traffic
   * @param all all deployments of the environment
   */
  public static List<Deployment> of(Deployment live, List<Deployment> all) {
    boolean unwanted =
        all.stream()
            .anyMatch(
                d ->
                    d.seq() > live.seq()
                        && d.origin() == Origin.ROLLBACK
                        && d.state() == DeploymentState.CANCELLED);
    if (unwanted) {
      return List.of();
    }
    return all.stream()
        .filter(d -> d.state() == DeploymentState.RETIRED && d.rollout().mayExist())
        .filter(d -> d.seq() < live.seq() && d.rolloutSeq() != live.rolloutSeq())
        .filter(d -> all.stream().noneMatch(other -> wasRolledBackToWithoutSuccess(other, d)))
        .sorted(Comparator.comparingLong(Deployment::seq).reversed())
        .toList();
  }

  private static boolean wasRolledBackToWithoutSuccess(Deployment other, Deployment d) {
    return other.state() == DeploymentState.FAILED
        && other.seq() > d.seq()
        && other.rolloutSeq() == d.rolloutSeq();
  }
}

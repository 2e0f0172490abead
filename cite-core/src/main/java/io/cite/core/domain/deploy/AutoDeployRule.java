package io.cite.core.domain.deploy;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a successful build leads to a deployment by itself: a pure decision. */
public final class AutoDeployRule {
  private AutoDeployRule() {}

  /** What is decided before anything has to be asked of the source host; empty if undecided. */
  public static Optional<String> refusal(
      Build build, boolean autoDeploy, EnvironmentState state, @Nullable Deployment newest) {
    if (!autoDeploy) {
      return Optional.of("not deployed: auto-deploy is off");
    }
    if (state.pinnedBy() != null) {
      return Optional.of("not deployed: the environment is pinned by " + state.pinnedBy());
    }
    if (build.commit().equals(state.quarantined())) {
      return Optional.of("not deployed: this commit was rolled back");
    }
    if (newest != null && newest.commit().equals(build.commit())) {
      return Optional.of("not deployed: this commit is deployment " + newest.seq() + " already");
    }
    return Optional.empty();
  }

  /**
   * The decision by the commit's place in history.
   *
   * @param head the branch's head; null if the branch is gone
   * @param toHead how the head lies to the commit; null if one of them does not exist
   * @param fromNewest how the commit lies to that of the newest deployment; null if there is none
   *     or the two are not comparable
   */
  public static Optional<String> refusal(
      Build build,
      @Nullable CommitId head,
      @Nullable CommitRelation toHead,
      @Nullable Deployment newest,
      @Nullable CommitRelation fromNewest) {
    if (head == null) {
      return Optional.of("not deployed: the branch does not exist any more");
    }
    if (head.equals(build.commit())) {
      return Optional.empty();
    }
    if (toHead != CommitRelation.AHEAD && toHead != CommitRelation.IDENTICAL) {
      return Optional.of("not deployed: the commit is not in the branch");
    }
    if (newest != null && fromNewest == CommitRelation.BEHIND) {
      return Optional.of(
          "not deployed: older than deployment "
              + newest.seq()
              + " ("
              + newest.commit().abbreviated()
              + ")");
    }
    return Optional.empty();
  }
}

package io.cite.core.domain.deploy;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a successful build leads to a deployment by itself: a pure decision. */
public final class AutoDeployRule {
  private AutoDeployRule() {}

  /**
   * The newest build with an image whose commit is not deployed; empty if there is none. It is that
   * of the head, if the head was built; else that of the commit that was built last for the first
   * time: a rebuild does not make an older commit newer.
   *
   * @param builds the oldest first
   * @param head the branch's head as it was last seen; null if that is not known
   * @param standing the deployment that has the traffic or is on its way to it; null if none
   */
  public static Optional<Build> pending(
      List<Build> builds, @Nullable CommitId head, @Nullable Deployment standing) {
    Map<CommitId, Build> byFirstBuild = new LinkedHashMap<>();
    for (Build build : builds) {
      if (build.image() != null) {
        byFirstBuild.put(build.commit(), build);
      }
    }
    @Nullable Build newest = head == null ? null : byFirstBuild.get(head);
    if (newest == null) {
      newest = byFirstBuild.values().stream().reduce((first, second) -> second).orElse(null);
    }
    return Optional.ofNullable(newest)
        .filter(build -> standing == null || !standing.commit().equals(build.commit()));
  }

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

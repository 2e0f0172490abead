package io.cite.core.usecase.operate;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.AutoDeployRule;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest commit of an environment that could be live and is not, with the reason, and the order
 * that makes it live.
 *
 * @param build number of the build that made its image; null if it has none
 * @param reason why it is not live, in words
 * @param order what makes it live, or lets it; null if CITE goes on by itself
 */
public record PendingCommit(
    CommitId commit, @Nullable Long build, String reason, @Nullable Order order) {

  /** The order of a person that a commit waits for. */
  public enum Order {
    /** To clear the pin of a rollback. */
    RELEASE,
    /** To deploy the commit. */
    DEPLOY,
    /** To build the commit. */
    BUILD
  }

  /**
   * What waits in an environment; empty if nothing does, or it is built or deployed right now.
   *
   * @param builds the oldest first
   * @param live the deployment that has the traffic; null if none
   * @param last the newest deployment; null if there is none
   */
  static Optional<PendingCommit> in(
      EnvironmentSettings settings,
      EnvironmentState state,
      List<Build> builds,
      @Nullable Deployment live,
      @Nullable Deployment last) {
    @Nullable CommitId head = state.head();
    if (state.deleting() || state.branchDeleted() || last != null && last.state().isUnderWay()) {
      return Optional.empty();
    }
    if (builds.stream().anyMatch(b -> b.commit().equals(head) && !b.state().isFinal())) {
      return Optional.empty();
    }
    if (builds.isEmpty() && state.setup() != null) {
      return Optional.empty();
    }
    if (head != null && builds.isEmpty()) {
      String unbuilt =
          "No push was received since the environment was made, so its head is not built.";
      return Optional.of(new PendingCommit(head, null, unbuilt, Order.BUILD));
    }
    return AutoDeployRule.pending(builds, head, live)
        .map(build -> of(build, settings, state, live, last));
  }

  private static PendingCommit of(
      Build build,
      EnvironmentSettings settings,
      EnvironmentState state,
      @Nullable Deployment live,
      @Nullable Deployment last) {
    if (build.commit().equals(state.quarantined())) {
      return of(
          build, "The commit was rolled back, so it does not deploy by itself.", Order.DEPLOY);
    }
    if (state.pinnedBy() != null) {
      return of(build, held(state.pinnedBy(), state.hold()), Order.RELEASE);
    }
    if (!settings.autoDeploy()) {
      return of(build, "Auto-deploy is off.", Order.DEPLOY);
    }
    if (state.hold().released() || build.decision() == null) {
      return of(build, "CITE decides now whether the commit is deployed.", null);
    }
    if (last != null
        && last.commit().equals(build.commit())
        && last.state() != DeploymentState.RETIRED) {
      String ended = "Deployment %d of the commit is %s".formatted(last.seq(), last.state());
      return of(
          build, last.cause() == null ? ended + "." : ended + ": " + last.cause(), Order.DEPLOY);
    }
    if (live != null && live.origin() != Origin.AUTO) {
      String other =
          "%s deployed the commit %s (deployment %d)."
              .formatted(live.identity().requestedBy(), live.commit().abbreviated(), live.seq());
      return of(build, other, Order.DEPLOY);
    }
    return of(build, "Build %d: %s".formatted(build.number(), build.decision()), Order.DEPLOY);
  }

  private static PendingCommit of(Build build, String reason, @Nullable Order order) {
    return new PendingCommit(build.commit(), build.number(), reason, order);
  }

  private static String held(String by, EnvironmentState.Hold hold) {
    return "The environment is pinned by "
        + by
        + (hold.pinnedAt() == null
            ? ""
            : " since " + hold.pinnedAt().truncatedTo(ChronoUnit.SECONDS))
        + (hold.reason() == null ? "." : ": " + hold.reason());
  }
}

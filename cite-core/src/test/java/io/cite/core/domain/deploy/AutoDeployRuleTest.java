package io.cite.core.domain.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AutoDeployRuleTest {
  private static final CommitId OTHER = CommitId.parse("f".repeat(40));
  private static final Deployment NEWEST = DeploymentLife.requested();
  private static final EnvironmentState STATE = EnvironmentState.fresh(NEWEST.environment());

  private static Build built(CommitId commit, BuildOrigin origin) {
    Build queued =
        Build.queued(
            NEWEST.environment(),
            3,
            commit,
            origin,
            "x",
            0,
            DeploymentLife.START,
            NEWEST.deadlines().rollout());
    return new BuildMachine(Duration.ofHours(1))
        .apply(
            queued, new BuildEvent.Succeeded(1, DeploymentLife.IMAGE, null), DeploymentLife.START);
  }

  private static String decide(
      Build build, boolean autoDeploy, EnvironmentState state, @Nullable Deployment newest) {
    return AutoDeployRule.refusal(build, autoDeploy, state, newest).orElse("deploy");
  }

  @Test
  void deploysWhatNothingSpeaksAgainst() {
    assertThat(decide(built(OTHER, BuildOrigin.PUSH), true, STATE, null)).isEqualTo("deploy");
    assertThat(decide(built(OTHER, BuildOrigin.PUSH), true, STATE, NEWEST)).isEqualTo("deploy");
  }

  @Test
  void deploysNothingWhereAutoDeployIsOffOrHeld() {
    Build build = built(OTHER, BuildOrigin.PUSH);
    assertThat(decide(build, false, STATE, null)).isEqualTo("not deployed: auto-deploy is off");
    assertThat(decide(build, true, STATE.pinned("ada", null, null, DeploymentLife.START), null))
        .isEqualTo("not deployed: the environment is pinned by ada");
    assertThat(
            decide(
                build,
                true,
                STATE.pinned("ada", null, null, DeploymentLife.START).unpinned(),
                null))
        .isEqualTo("deploy");
  }

  @Test
  void deploysNoCommitThatWasRolledBackAlsoWhereAPersonHadItBuilt() {
    EnvironmentState held = STATE.pinned("ada", OTHER, null, DeploymentLife.START).unpinned();
    assertThat(decide(built(OTHER, BuildOrigin.PUSH), true, held, null))
        .isEqualTo("not deployed: this commit was rolled back");
    assertThat(decide(built(OTHER, BuildOrigin.MANUAL), true, held, null))
        .isEqualTo("not deployed: this commit was rolled back");
  }

  @Test
  void deploysNoCommitTwice() {
    for (BuildOrigin origin : BuildOrigin.values()) {
      assertThat(decide(built(DeploymentLife.COMMIT, origin), true, STATE, NEWEST))
          .isEqualTo("not deployed: this commit is deployment 7 already");
    }
  }

  private static String decide(
      @Nullable CommitId head,
      @Nullable CommitRelation toHead,
      @Nullable Deployment newest,
      @Nullable CommitRelation fromNewest) {
    return AutoDeployRule.refusal(built(OTHER, BuildOrigin.PUSH), head, toHead, newest, fromNewest)
        .orElse("deploy");
  }

  @Test
  void deploysOnlyWhatIsInTheBranch() {
    CommitId head = DeploymentLife.COMMIT;
    assertThat(decide(null, null, null, null))
        .isEqualTo("not deployed: the branch does not exist any more");
    assertThat(decide(OTHER, null, NEWEST, CommitRelation.BEHIND)).isEqualTo("deploy");
    assertThat(decide(head, CommitRelation.AHEAD, null, null)).isEqualTo("deploy");
    for (CommitRelation relation :
        new CommitRelation[] {CommitRelation.BEHIND, CommitRelation.DIVERGED, null}) {
      assertThat(decide(head, relation, null, null))
          .isEqualTo("not deployed: the commit is not in the branch");
    }
  }

  @Test
  void deploysNothingOlderThanWhatStandsAlready() {
    CommitId head = CommitId.parse("e".repeat(40));
    assertThat(decide(head, CommitRelation.AHEAD, NEWEST, CommitRelation.BEHIND))
        .isEqualTo("not deployed: older than deployment 7 (0123456)");
    assertThat(decide(head, CommitRelation.AHEAD, NEWEST, CommitRelation.AHEAD))
        .isEqualTo("deploy");
    assertThat(decide(head, CommitRelation.AHEAD, NEWEST, CommitRelation.DIVERGED))
        .isEqualTo("deploy");
    assertThat(decide(head, CommitRelation.AHEAD, NEWEST, null)).isEqualTo("deploy");
  }
}

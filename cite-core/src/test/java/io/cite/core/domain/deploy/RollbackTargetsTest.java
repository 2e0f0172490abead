package io.cite.core.domain.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackTargetsTest {
  private static final Instant AT = DeploymentLife.START;

  @Test
  void leadsToWhatWasLiveBeforeTheLastFirst() {
    Deployment live = withoutEndpoints(5, 5);
    assertThat(seqs(live, retired(3, 3), failed(4, 4), retired(2, 2), live))
        .containsExactly(3L, 2L);
  }

  @Test
  void leadsNowhereWhereNothingWasLiveBefore() {
    Deployment live = withoutEndpoints(2, 2);
    assertThat(seqs(live, failed(1, 1), live)).isEmpty();
  }

  @Test
  void leadsNotToARolloutThatIsGone() {
    Deployment live = withoutEndpoints(2, 2);
    Deployment gone =
        DeploymentMachine.apply(retired(1, 1), new DeploymentEvent.RolloutRemoved(), AT);
    assertThat(seqs(live, gone, live)).isEmpty();
  }

  @Test
  void leadsNotToThePodsThatTakeNoTrafficNow() {
    Deployment live = withoutEndpoints(4, 2);
    assertThat(seqs(live, retired(1, 1), retired(2, 2), retired(3, 3), live))
        .containsExactly(3L, 1L);
  }

  @Test
  void doesNotRollBackTwiceToTheSameWithoutSuccess() {
    Deployment live = withoutEndpoints(5, 5);
    assertThat(seqs(live, retired(3, 3), retired(4, 4), live, failed(6, 4))).containsExactly(3L);
    assertThat(seqs(live, retired(3, 3), retired(4, 4), live, failed(6, 4), failed(7, 3)))
        .isEmpty();
  }

  @Test
  void leadsToWhatWasLiveAgainSinceItFailed() {
    Deployment live = withoutEndpoints(8, 8);
    assertThat(seqs(live, retired(4, 4), failed(6, 4), retired(7, 4), live)).containsExactly(7L);
  }

  @Test
  void leadsNowhereOnceSomebodyStoppedIt() {
    Deployment live = withoutEndpoints(5, 5);
    Deployment stopped =
        DeploymentMachine.apply(
            requested(6, 4), new DeploymentEvent.CancelRequested("somebody"), AT);
    assertThat(seqs(live, retired(4, 4), live, stopped)).isEmpty();
  }

  private static List<Long> seqs(Deployment live, Deployment... all) {
    return RollbackTargets.of(live, List.of(all)).stream().map(Deployment::seq).toList();
  }

  private static Deployment requested(long seq, long rollout) {
    return Deployment.requested(
        new Deployment.Identity(
            DeploymentLife.requested().environment(),
            seq,
            rollout,
            DeploymentLife.COMMIT,
            DeploymentLife.IMAGE,
            seq == rollout ? Origin.AUTO : Origin.ROLLBACK,
            "cite",
            1L,
            null),
        2,
        AT,
        AT.plusSeconds(600));
  }

  private static Deployment after(Deployment first, DeploymentEvent... events) {
    Deployment d = first;
    for (DeploymentEvent event : events) {
      d = DeploymentMachine.apply(d, event, AT);
    }
    return d;
  }

  private static Deployment live(long seq, long rollout) {
    return after(
        requested(seq, rollout),
        new DeploymentEvent.Announced(seq),
        new DeploymentEvent.RolledOut("hello-main-" + rollout, null),
        new DeploymentEvent.AllReady(2),
        new DeploymentEvent.Switched(AT.plusSeconds(30)));
  }

  private static Deployment withoutEndpoints(long seq, long rollout) {
    return after(live(seq, rollout), new DeploymentEvent.NoEndpoints("no pod took traffic", null));
  }

  private static Deployment retired(long seq, long rollout) {
    return after(
        live(seq, rollout),
        new DeploymentEvent.Confirmed(2),
        new DeploymentEvent.Replaced(seq + 1, null));
  }

  private static Deployment failed(long seq, long rollout) {
    return after(
        requested(seq, rollout),
        new DeploymentEvent.Announced(seq),
        new DeploymentEvent.Failed("it crashes", null));
  }
}

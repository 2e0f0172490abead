package io.cite.core.domain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private static Deployment numbered(long seq, long rolloutSeq, int wantedPods) {
    return Deployment.requested(
        new Deployment.Identity(
            EnvironmentId.parse("acme/hello/main"),
            seq,
            rolloutSeq,
            CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
            ImageReference.parse("registry.invalid/acme/hello:1"),
            Origin.ROLLBACK,
            "somebody",
            null,
            null),
        wantedPods,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(60));
  }

  @Test
  void usesItsOwnRolloutOrAnEarlierOne() {
    assertThat(numbered(3, 3, 1).rolloutSeq()).isEqualTo(3);
    assertThat(numbered(3, 1, 1).rolloutSeq()).isEqualTo(1);
    assertThatThrownBy(() -> numbered(3, 4, 1))
        .hasMessage("Deployment 3 cannot use the rollout of deployment 4");
    assertThatThrownBy(() -> numbered(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wantsNoFewerPodsThanNone() {
    assertThat(numbered(1, 1, 0).rollout().wantedPods()).isZero();
    assertThatThrownBy(() -> numbered(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void usesAnEarlierRolloutOnlyForARollback() {
    Deployment.Identity back = numbered(3, 1, 1).identity();

    assertThatThrownBy(
            () ->
                new Deployment.Identity(
                    back.environment(),
                    3,
                    1,
                    back.commit(),
                    back.image(),
                    Origin.AUTO,
                    "a",
                    null,
                    null))
        .hasMessage("Deployment 3 is no rollback and uses the rollout of 1");
  }

  @Test
  void hasNotEndedWhileItIsUnderWay() {
    Deployment d = numbered(1, 1, 1);
    Timeline over = new Timeline(d.timeline().entries(), Instant.EPOCH, Instant.EPOCH);

    assertThatThrownBy(
            () ->
                new Deployment(
                    d.identity(),
                    d.state(),
                    null,
                    d.host(),
                    d.rollout(),
                    d.outcome(),
                    over,
                    d.deadlines(),
                    null))
        .hasMessage("Deployment 1 is REQUESTED and has ended");
  }

  @Test
  void isNotDrainedBeforeItHadTheTraffic() {
    Deployment d = numbered(1, 1, 1);

    assertThatThrownBy(
            () ->
                new Deployment(
                    d.identity(),
                    d.state(),
                    null,
                    d.host(),
                    d.rollout(),
                    d.outcome(),
                    d.timeline(),
                    d.deadlines(),
                    Drain.awaitingConfirmation(false)))
        .hasMessage("Deployment 1 is REQUESTED and is drained");
  }

  @Test
  void awaitsPodsThatTakeTrafficOnlyAfterTheSwitch() {
    Deployment d = numbered(1, 1, 1);

    assertThatThrownBy(() -> d.with(d.deadlines().confirmedBy(Instant.EPOCH)))
        .hasMessage("Deployment 1 is REQUESTED and awaits pods that take traffic");
  }
}

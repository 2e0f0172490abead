package io.cite.core.domain.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeploymentMachineTest {
  private static final Map<String, DeploymentEvent> EVENTS = DeploymentLife.events();

  private static int stage(DeploymentState state) {
    return switch (state) {
      case REQUESTED -> 0;
      case ANNOUNCED -> 1;
      case ROLLING_OUT -> 2;
      case READY -> 3;
      case LIVE -> 4;
      case RETIRED, FAILED, SUPERSEDED, CANCELLED -> 5;
    };
  }

  /** In the table "same" changes the deployment but not its state, and "-" changes nothing. */
  @Test
  void goesFromEachStateByEachEventWhereTheTableSays() throws IOException {
    StringBuilder found = new StringBuilder();
    for (DeploymentState state : DeploymentState.values()) {
      Deployment d = DeploymentLife.states().get(state);
      EVENTS.forEach(
          (name, event) -> {
            Deployment next = DeploymentLife.after(d, event);
            String to = next.state() == state ? "same" : next.state().name();
            found.append("%-11s + %-20s = %s\n".formatted(state, name, next.equals(d) ? "-" : to));
          });
    }
    try (InputStream table = getClass().getResourceAsStream("/golden/deployment-matrix.txt")) {
      byte[] bytes = Objects.requireNonNull(table).readAllBytes();
      assertThat(found.toString())
          .isEqualToNormalizingNewlines(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Test
  void neverGoesBackAndNeverLeavesAnEndWhateverHappens() {
    long seed = 20_260_103;
    Random random = new Random(seed);
    List<DeploymentEvent> events = new ArrayList<>(EVENTS.values());
    Map<DeploymentState, Integer> reached = new TreeMap<>();
    for (int life = 0; life < 5_000; life++) {
      Deployment d = DeploymentLife.requested();
      for (int i = 0; i < 20; i++) {
        DeploymentEvent event = events.get(random.nextInt(events.size()));
        Deployment next = DeploymentLife.after(d, event);
        if (next.state() != d.state()) {
          assertThat(stage(next.state()))
              .as("%s by %s, seed %s", d.state(), event, seed)
              .isGreaterThan(stage(d.state()));
          assertThat(next.timeline().entries()).hasSize(d.timeline().entries().size() + 1);
        }
        d = next;
      }
      reached.merge(d.state(), 1, Integer::sum);
    }
    assertThat(reached)
        .containsKeys(
            DeploymentState.FAILED, DeploymentState.SUPERSEDED, DeploymentState.CANCELLED);
  }

  @Test
  void becomesLiveOnlyByASwitchOfAReadyRollout() {
    List<String> ways = new ArrayList<>();
    DeploymentLife.states()
        .forEach(
            (state, d) ->
                EVENTS.forEach(
                    (name, event) -> {
                      if (DeploymentLife.after(d, event).state() == DeploymentState.LIVE
                          && state != DeploymentState.LIVE) {
                        ways.add(state + " by " + name);
                      }
                    }));
    assertThat(ways).containsExactly("READY by Switched");
  }

  @Test
  void knowsInEachStateWhatHasToBeDone() {
    Map<DeploymentState, DeploymentEffect> effects = new TreeMap<>();
    DeploymentLife.states().forEach((state, d) -> effects.put(state, DeploymentMachine.next(d)));
    assertThat(effects)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    DeploymentState.REQUESTED, DeploymentEffect.ANNOUNCE,
                    DeploymentState.ANNOUNCED, DeploymentEffect.ROLL_OUT,
                    DeploymentState.ROLLING_OUT, DeploymentEffect.AWAIT_PODS,
                    DeploymentState.READY, DeploymentEffect.SWITCH_TRAFFIC,
                    DeploymentState.LIVE, DeploymentEffect.CONFIRM,
                    DeploymentState.RETIRED, DeploymentEffect.NONE,
                    DeploymentState.FAILED, DeploymentEffect.REMOVE_ROLLOUT,
                    DeploymentState.SUPERSEDED, DeploymentEffect.REMOVE_ROLLOUT,
                    DeploymentState.CANCELLED, DeploymentEffect.REMOVE_ROLLOUT)));
  }

  @Test
  void hasNothingToRemoveWhereNothingWasRolledOut() {
    Deployment early = DeploymentLife.after(DeploymentLife.requested(), EVENTS.get("Failed"));
    assertThat(DeploymentMachine.next(early)).isEqualTo(DeploymentEffect.NONE);
    Deployment late = DeploymentLife.states().get(DeploymentState.FAILED);
    Deployment tidied = DeploymentLife.after(late, EVENTS.get("RolloutRemoved"));
    assertThat(DeploymentMachine.next(tidied)).isEqualTo(DeploymentEffect.NONE);
  }

  @Test
  void goesOnWithoutTheHostAndIsAnnouncedLater() {
    Deployment deferred =
        DeploymentLife.after(DeploymentLife.requested(), EVENTS.get("AnnouncementDeferred"));
    assertThat(deferred.state()).isEqualTo(DeploymentState.ANNOUNCED);
    assertThat(deferred.host().githubId()).isNull();
    Deployment rolling = DeploymentLife.after(deferred, EVENTS.get("RolledOut"));
    Deployment reported = DeploymentLife.after(rolling, EVENTS.get("Announced"));
    assertThat(reported.state()).isEqualTo(DeploymentState.ROLLING_OUT);
    assertThat(reported.host().githubId()).isEqualTo(99L);
    assertThat(DeploymentLife.after(reported, new DeploymentEvent.Announced(100)).host().githubId())
        .isEqualTo(99L);
  }

  @Test
  void isNotSettledWhileTheHostMayHaveReceivedAnotherState() {
    Deployment doubted = DeploymentLife.after(DeploymentLife.requested(), EVENTS.get("InDoubt"));
    Deployment over = DeploymentLife.after(doubted, EVENTS.get("CancelRequested"));
    Deployment reported = DeploymentLife.after(over, new DeploymentEvent.Reported(over.due()));
    assertThat(reported.isSettled()).isFalse();
    assertThat(DeploymentLife.after(reported, EVENTS.get("Rechecked")).isSettled()).isTrue();
  }

  @Test
  void keepsCauseAndEvidenceOfAFailure() {
    Deployment failed = DeploymentLife.states().get(DeploymentState.FAILED);
    assertThat(failed.cause()).isEqualTo("it crashes");
    assertThat(Objects.requireNonNull(failed.outcome().evidence()).log()).isEqualTo("panic\n");
    assertThat(failed.timeline().endedAt()).isNotNull();
    Deployment again = DeploymentLife.after(failed, new DeploymentEvent.Failed("other", null));
    assertThat(again).isEqualTo(failed);
  }

  @Test
  void hasOneReportPendingForEachState() {
    DeploymentLife.states()
        .forEach(
            (state, d) -> {
              assertThat(d.isReportPending()).isEqualTo(state != DeploymentState.REQUESTED);
              Deployment reported = DeploymentLife.after(d, new DeploymentEvent.Reported(d.due()));
              assertThat(reported.isReportPending()).isFalse();
              Deployment never =
                  DeploymentLife.after(
                      d, new DeploymentEvent.Reported(ReportedState.UNDELIVERABLE));
              assertThat(never.isReportPending()).isFalse();
            });
  }

  @Test
  void doesNotReportSuccessOnceItIsRetired() {
    Deployment retired = DeploymentLife.states().get(DeploymentState.RETIRED);
    assertThat(retired.due()).isEqualTo(ReportedState.INACTIVE);
    Deployment reported =
        DeploymentLife.after(retired, new DeploymentEvent.Reported(ReportedState.SUCCESS));
    assertThat(reported.isReportPending()).isFalse();
  }

  @Test
  void isSettledOnceItIsOverReportedAndRemoved() {
    DeploymentLife.states()
        .forEach(
            (state, d) -> {
              Deployment reported = DeploymentLife.after(d, new DeploymentEvent.Reported(d.due()));
              Deployment tidied = DeploymentLife.after(reported, EVENTS.get("RolloutRemoved"));
              assertThat(d.isSettled()).isFalse();
              Deployment confirmed = DeploymentLife.after(tidied, EVENTS.get("Confirmed"));
              assertThat(confirmed.isSettled()).isEqualTo(!state.isUnderWay());
            });
  }

  @Test
  void awaitsAfterTheSwitchThatAPodTakesTraffic() {
    Deployment live = DeploymentLife.states().get(DeploymentState.LIVE);
    assertThat(live.awaitsConfirmation()).isTrue();
    assertThat(live.isSettled()).isFalse();
    assertThat(live.due()).isEqualTo(ReportedState.SUCCESS);

    Deployment confirmed = DeploymentLife.after(live, EVENTS.get("Confirmed"));
    assertThat(confirmed.state()).isEqualTo(DeploymentState.LIVE);
    assertThat(DeploymentMachine.next(confirmed)).isEqualTo(DeploymentEffect.NONE);
    assertThat(DeploymentLife.after(confirmed, EVENTS.get("NoEndpoints"))).isEqualTo(confirmed);
    assertThat(DeploymentLife.after(confirmed, EVENTS.get("Failed"))).isEqualTo(confirmed);
  }

  @Test
  void keepsTheTrafficThatNoPodTookUntilAnotherDeploymentTakesIt() {
    Deployment live = DeploymentLife.states().get(DeploymentState.LIVE);
    Deployment withoutEndpoints = DeploymentLife.after(live, EVENTS.get("NoEndpoints"));
    assertThat(withoutEndpoints.state()).isEqualTo(DeploymentState.LIVE);
    assertThat(withoutEndpoints.due()).isEqualTo(ReportedState.FAILURE);
    assertThat(withoutEndpoints.cause()).isEqualTo("no pod took traffic");

    Deployment after = DeploymentLife.after(withoutEndpoints, EVENTS.get("Confirmed"));
    assertThat(after.due()).isEqualTo(ReportedState.SUCCESS);
    assertThat(after.cause()).isNull();

    Deployment failed = DeploymentLife.after(withoutEndpoints, EVENTS.get("Failed"));
    assertThat(failed.state()).isEqualTo(DeploymentState.FAILED);
    assertThat(failed.due()).isEqualTo(ReportedState.FAILURE);
    assertThat(DeploymentMachine.next(failed)).isEqualTo(DeploymentEffect.REMOVE_ROLLOUT);
  }

  @Test
  void hasASagaIdOfItsOwn() {
    Deployment one = DeploymentLife.requested();
    assertThat(one.sagaId())
        .hasToString("acme/hello/feature/x#7@" + one.timeline().requestedAt().toEpochMilli());
  }
}

package io.cite.core.domain.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuildMachineTest {
  /** Where each event leads from each state; "same" changes the build but not its state. */
  private static final String MATRIX =
      """
      QUEUED    + Ordered        = same
      QUEUED    + Requested      = same
      QUEUED    + RequestFailed  = same
      QUEUED    + Pending        = RUNNING
      QUEUED    + Succeeded      = SUCCEEDED
      QUEUED    + Failed         = FAILED
      QUEUED    + Errored        = ERRORED
      QUEUED    + Rejected       = same
      QUEUED    + Unconfirmed    = same
      QUEUED    + Asked          = same
      QUEUED    + Cancelled      = CANCELLED
      QUEUED    + Stopped        = -
      QUEUED    + DeadlinePassed = TIMED_OUT
      RUNNING   + Ordered        = -
      RUNNING   + Requested      = -
      RUNNING   + RequestFailed  = -
      RUNNING   + Pending        = same
      RUNNING   + Succeeded      = SUCCEEDED
      RUNNING   + Failed         = FAILED
      RUNNING   + Errored        = ERRORED
      RUNNING   + Rejected       = same
      RUNNING   + Unconfirmed    = same
      RUNNING   + Asked          = same
      RUNNING   + Cancelled      = CANCELLED
      RUNNING   + Stopped        = -
      RUNNING   + DeadlinePassed = TIMED_OUT
      SUCCEEDED + Ordered        = -
      SUCCEEDED + Requested      = -
      SUCCEEDED + RequestFailed  = -
      SUCCEEDED + Pending        = -
      SUCCEEDED + Succeeded      = -
      SUCCEEDED + Failed         = -
      SUCCEEDED + Errored        = -
      SUCCEEDED + Rejected       = -
      SUCCEEDED + Unconfirmed    = -
      SUCCEEDED + Asked          = -
      SUCCEEDED + Cancelled      = -
      SUCCEEDED + Stopped        = -
      SUCCEEDED + DeadlinePassed = -
      FAILED    + Ordered        = -
      FAILED    + Requested      = -
      FAILED    + RequestFailed  = -
      FAILED    + Pending        = -
      FAILED    + Succeeded      = -
      FAILED    + Failed         = -
      FAILED    + Errored        = -
      FAILED    + Rejected       = -
      FAILED    + Unconfirmed    = -
      FAILED    + Asked          = -
      FAILED    + Cancelled      = -
      FAILED    + Stopped        = -
      FAILED    + DeadlinePassed = -
      ERRORED   + Ordered        = -
      ERRORED   + Requested      = -
      ERRORED   + RequestFailed  = -
      ERRORED   + Pending        = -
      ERRORED   + Succeeded      = -
      ERRORED   + Failed         = -
      ERRORED   + Errored        = -
      ERRORED   + Rejected       = -
      ERRORED   + Unconfirmed    = -
      ERRORED   + Asked          = -
      ERRORED   + Cancelled      = -
      ERRORED   + Stopped        = -
      ERRORED   + DeadlinePassed = -
      TIMED_OUT + Ordered        = -
      TIMED_OUT + Requested      = -
      TIMED_OUT + RequestFailed  = -
      TIMED_OUT + Pending        = -
      TIMED_OUT + Succeeded      = -
      TIMED_OUT + Failed         = -
      TIMED_OUT + Errored        = -
      TIMED_OUT + Rejected       = -
      TIMED_OUT + Unconfirmed    = -
      TIMED_OUT + Asked          = -
      TIMED_OUT + Cancelled      = -
      TIMED_OUT + Stopped        = -
      TIMED_OUT + DeadlinePassed = -
      CANCELLED + Ordered        = -
      CANCELLED + Requested      = -
      CANCELLED + RequestFailed  = -
      CANCELLED + Pending        = -
      CANCELLED + Succeeded      = -
      CANCELLED + Failed         = -
      CANCELLED + Errored        = -
      CANCELLED + Rejected       = -
      CANCELLED + Unconfirmed    = -
      CANCELLED + Asked          = same
      CANCELLED + Cancelled      = -
      CANCELLED + Stopped        = same
      CANCELLED + DeadlinePassed = -
      """;

  @Test
  void goesFromEachStateByEachEventWhereTheTableSays() {
    StringBuilder found = new StringBuilder();
    for (BuildState state : BuildState.values()) {
      Build build = BuildLife.states().get(state);
      BuildLife.events()
          .forEach(
              (name, event) -> {
                Build next = BuildLife.after(build, event);
                String to = next.state() == state ? "same" : next.state().name();
                found.append(
                    "%-9s + %-14s = %s%n".formatted(state, name, next.equals(build) ? "-" : to));
              });
    }
    assertThat(found.toString()).isEqualToNormalizingNewlines(MATRIX);
  }

  @Test
  void neverGoesBackAndNeverLeavesAnEndWhateverHappens() {
    long seed = 20_260_102;
    Random random = new Random(seed);
    List<BuildEvent> events = new ArrayList<>(BuildLife.events().values());
    int afterAnEnd = 0;
    for (int life = 0; life < 2_000; life++) {
      Build build = BuildLife.queued();
      for (int i = 0; i < 12; i++) {
        BuildEvent event = events.get(random.nextInt(events.size()));
        Build next = BuildLife.after(build, event);
        if (build.state().isFinal()) {
          afterAnEnd++;
          assertThat(next.state()).as("seed %s", seed).isEqualTo(build.state());
          assertThat(next.image()).as("seed %s", seed).isEqualTo(build.image());
          // of a cancelled build only the builder's answer is noted
          assertThat(next.equals(build) || build.awaitsStop()).as("seed %s", seed).isTrue();
        }
        assertThat(next.state() == BuildState.QUEUED && build.state() != BuildState.QUEUED)
            .as("back to QUEUED by %s, seed %s", event, seed)
            .isFalse();
        assertThat(next.statuses().seen()).isGreaterThanOrEqualTo(build.statuses().seen());
        build = next;
      }
    }
    assertThat(afterAnEnd).isGreaterThan(1_000);
  }

  @Test
  void takesNoNoticeOfAStatusThatItHasSeen() {
    Build running = BuildLife.states().get(BuildState.RUNNING);
    assertThat(BuildLife.after(running, new BuildEvent.Pending(45))).isEqualTo(running);
    assertThat(BuildLife.after(running, new BuildEvent.Pending(44))).isEqualTo(running);
  }

  @Test
  void extendsTheDeadlineByEveryProgress() {
    Build running = BuildLife.states().get(BuildState.RUNNING);
    Build later =
        BuildLife.MACHINE.apply(
            running, new BuildEvent.Pending(70), BuildLife.START.plus(Duration.ofMinutes(59)));
    assertThat(later.times().deadline())
        .isEqualTo(running.times().deadline().plus(Duration.ofMinutes(59)));
    assertThat(later.times().startedAt()).isEqualTo(running.times().startedAt());
  }

  @Test
  void isNotGivenUpBeforeItsDeadline() {
    Build queued = BuildLife.queued();
    BuildEvent passed = new BuildEvent.DeadlinePassed();
    assertThat(BuildLife.MACHINE.apply(queued, passed, queued.times().deadline().minusNanos(1)))
        .isEqualTo(queued);
    Build ended = BuildLife.MACHINE.apply(queued, passed, queued.times().deadline());
    assertThat(ended.cause()).isEqualTo("The builder did not start within 60 minutes.");
    assertThat(ended.times().endedAt()).isEqualTo(queued.times().deadline());
    Build running = BuildLife.states().get(BuildState.RUNNING);
    assertThat(BuildLife.MACHINE.apply(running, passed, running.times().deadline()).cause())
        .isEqualTo("The builder reported no result within 60 minutes.");
  }

  @Test
  void isAskedForOnceMoreWhereAPersonOrdersWhatWaits() {
    Build pushed = BuildLife.after(BuildLife.queued(), new BuildEvent.Requested(7));
    Build ordered = BuildLife.after(pushed, new BuildEvent.Ordered("somebody else"));
    assertThat(ordered.request().sent()).isFalse();
    assertThat(ordered.request().origin()).isEqualTo(BuildOrigin.MANUAL);
    assertThat(ordered.request().by()).isEqualTo("somebody else");
    assertThat(ordered.times().deadline()).isAfter(pushed.times().deadline());
    assertThat(ordered.times().requestedAt()).isEqualTo(pushed.times().requestedAt());
  }

  @Test
  void leavesToEarlierBuildsWhatTheirStatusesSaid() {
    Build queued = BuildLife.queued();
    Instant turn = BuildLife.START.plusSeconds(90);
    Build after = queued.after(60, turn, BuildLife.TIMEOUT);
    assertThat(after.statuses().floor()).isEqualTo(60);
    assertThat(after.statuses().seen()).isEqualTo(60);
    assertThat(after.times().deadline()).isEqualTo(turn.plus(BuildLife.TIMEOUT));
    assertThat(queued.after(30, BuildLife.START.minusSeconds(1), BuildLife.TIMEOUT))
        .isEqualTo(queued);
    Build running = BuildLife.states().get(BuildState.RUNNING);
    assertThat(running.after(60, turn, BuildLife.TIMEOUT)).isEqualTo(running);
  }

  @Test
  void countsHowOftenItCouldNotBeAskedFor() {
    Build once = BuildLife.after(BuildLife.queued(), new BuildEvent.RequestFailed("down"));
    Build twice = BuildLife.after(once, new BuildEvent.RequestFailed("still down"));
    assertThat(twice.request().attempts()).isEqualTo(2);
    assertThat(twice.cause()).isEqualTo("still down");
    Build asked = BuildLife.after(twice, new BuildEvent.Requested(7));
    assertThat(asked.request().sent()).isTrue();
    assertThat(asked.cause()).isNull();
  }
}

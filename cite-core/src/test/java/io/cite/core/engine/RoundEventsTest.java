package io.cite.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundEventsTest {
  private static final EnvironmentId ID = EnvironmentId.parse("acme/hello/main");

  private final RoundEvents events = new RoundEvents();

  @Test
  void callsForARoundWhereNoneHasSeenTheChange() {
    assertThat(events.callsForRound(ID, "a", 7)).isTrue();
  }

  @Test
  void keepsEventsUntilTheRoundEnds() {
    events.begin(ID);
    assertThat(events.callsForRound(ID, "a", 7)).isFalse();

    assertThat(events.end(ID, Map.of())).isTrue();
  }

  @Test
  void leavesOutWhatTheRoundHasSeen() {
    events.begin(ID);
    assertThat(events.callsForRound(ID, "a", 7)).isFalse();

    assertThat(events.end(ID, Map.of("a", 7L))).isFalse();
    assertThat(events.callsForRound(ID, "a", 7)).isFalse();
    assertThat(events.callsForRound(ID, "a", 8)).isTrue();
  }

  @Test
  void leavesOutNothingThatWasWrittenMeanwhile() {
    events.begin(ID);
    assertThat(events.callsForRound(ID, "a", 7)).isFalse();
    assertThat(events.callsForRound(ID, "a", 9)).isFalse();
    assertThat(events.callsForRound(ID, "a", 8)).isFalse();

    assertThat(events.end(ID, Map.of("a", 8L))).isTrue();
  }

  @Test
  void comparesEachKeyByItself() {
    events.begin(ID);
    assertThat(events.callsForRound(ID, "b", 7)).isFalse();

    assertThat(events.end(ID, Map.of("a", 9L))).isTrue();
  }

  @Test
  void forgetsWhatItSawBeforeARoundThatFailed() {
    events.begin(ID);
    assertThat(events.end(ID, Map.of("a", 7L))).isFalse();
    events.begin(ID);
    assertThat(events.end(ID, Map.of())).isFalse();

    assertThat(events.callsForRound(ID, "a", 7)).isTrue();
  }
}

package io.cite.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlewingClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant wall = START;
  private long nanos = -5;
  private final SlewingClock clock = new SlewingClock(() -> wall, () -> nanos);

  /** Time passes, seen by both. */
  private Instant pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
    return clock.instant();
  }

  private void set(Duration by) {
    wall = wall.plus(by);
  }

  @Test
  void goesAsTheWallClockGoes() {
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(pass(Duration.ofSeconds(90))).isEqualTo(START.plusSeconds(90));
    assertThat(pass(Duration.ofNanos(1))).isEqualTo(START.plusSeconds(90).plusNanos(1));
  }

  @Test
  void doesNotJumpWhenTheWallClockIsSetForward() {
    set(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(pass(Duration.ofMinutes(10))).isEqualTo(START.plusSeconds(660));
  }

  @Test
  void neverGoesBackWhenTheWallClockIsSetBack() {
    set(Duration.ofHours(-1));
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(pass(Duration.ofMinutes(10))).isEqualTo(START.plusSeconds(540));
  }

  @Test
  void agreesWithTheWallClockInTheEnd() {
    set(Duration.ofMinutes(6));
    for (int minute = 0; minute < 61; minute++) {
      pass(Duration.ofMinutes(1));
    }
    assertThat(clock.instant()).isEqualTo(wall);
    set(Duration.ofSeconds(-2));
    assertThat(pass(Duration.ofSeconds(30))).isEqualTo(wall);
  }
}

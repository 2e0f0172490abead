package io.cite.core.domain.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import org.junit.jupiter.api.Test;

class BuildTest {
  private static Build numbered(long number, long statusFloor) {
    return Build.queued(
        EnvironmentId.parse("acme/hello/main"),
        number,
        CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
        BuildOrigin.MANUAL,
        "somebody",
        statusFloor,
        BuildLife.START,
        BuildLife.START.plus(BuildLife.TIMEOUT));
  }

  @Test
  void isNumberedFromOne() {
    assertThat(numbered(1, 0).number()).isEqualTo(1);
    assertThatThrownBy(() -> numbered(0, 0)).hasMessageContaining("number of a build is 0");
  }

  @Test
  void hasNoStatusBelowZero() {
    assertThatThrownBy(() -> numbered(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNotEndedWhileItIsOpen() {
    Build queued = numbered(1, 0);

    assertThatThrownBy(
            () -> queued.ended(BuildState.RUNNING, 1, Build.Result.NONE, BuildLife.START))
        .hasMessage("Build 1 is RUNNING and has ended");
  }
}

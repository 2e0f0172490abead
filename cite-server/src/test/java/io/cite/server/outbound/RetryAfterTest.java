package io.cite.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final String DATE = "Wed, 21 Oct 2015 07:28:00 GMT";

  @Test
  void readsSeconds() {
    assertThat(RetryAfter.parse("7", "")).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void readsADateByTheServersOwnClock() {
    assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:28:30 GMT", DATE))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:27:00 GMT", DATE)).isZero();
  }

  @Test
  void waitsAMinuteWhereItCannotBeRead() {
    assertThat(RetryAfter.parse("", DATE)).isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse("soon", DATE)).isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:28:30 GMT", ""))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void waitsAnHourAtMost() {
    assertThat(RetryAfter.parse("999999999", "")).isEqualTo(Duration.ofHours(1));
  }
}

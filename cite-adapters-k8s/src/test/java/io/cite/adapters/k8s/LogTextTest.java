package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects that what a kubelet says in place of a log is never shown as a line of the log. */
class LogTextTest {
  private static final String STAMP = "2026-05-04T03:02:01.123456789Z";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unable to retrieve container logs for containerd://4711",
        "failed to try resolving symlinks in path \"/var/log/pods/a_b_c/main/0.log\": lstat"
            + " /var/log/pods/a_b_c/main/0.log: no such file or directory",
        "failed to open log file \"/var/log/pods/a_b_c/main/0.log\": no such file or directory",
      })
  void knowsWhatAKubeletSaysItself(String answer) {
    assertThat(LogText.isGone(answer)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", STAMP, STAMP + " ", STAMP + " unable to retrieve container logs for"})
  void keepsWhatAContainerWrote(String log) {
    assertThat(LogText.isGone(log)).isFalse();
  }

  @Test
  void readsTimeAndText() {
    LogText line = LogText.parse(STAMP + " serving on 8080", Instant.EPOCH);

    assertThat(line).isEqualTo(new LogText(Instant.parse(STAMP), "serving on 8080"));
    assertThat(LogText.parse(STAMP, Instant.EPOCH).text()).isEmpty();
    assertThat(LogText.parse("rest of a line", line.at()))
        .isEqualTo(new LogText(line.at(), "rest of a line"));
  }

  @Test
  void givesALogWithoutTimes() {
    assertThat(LogText.plain(STAMP + " one\n" + STAMP + "  two\n")).isEqualTo("one\n two");
  }
}

package io.cite.core.domain.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.error.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void takesPortsInTheirOrder() {
    ContainerPorts ports = new ContainerPorts(List.of(8080, 1, 65_535));
    assertThat(ports.first()).isEqualTo(8080);
    assertThat(ports.values()).containsExactly(8080, 1, 65_535);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536, Integer.MAX_VALUE})
  void refusesAPortOutOfRange(int port) {
    assertThatThrownBy(() -> new ContainerPorts(List.of(port)))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("The port " + port + " is out of range: 1 to 65535");
  }

  @Test
  void refusesNoPortsTooManyAndTwiceTheSame() {
    assertThatThrownBy(() -> new ContainerPorts(List.of()))
        .hasMessageContaining("between 1 and 16");
    List<Integer> many = IntStream.rangeClosed(1, 17).boxed().toList();
    assertThatThrownBy(() -> new ContainerPorts(many)).hasMessageContaining("between 1 and 16");
    assertThatThrownBy(() -> new ContainerPorts(List.of(80, 80))).hasMessageContaining("only once");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101, 10_000})
  void refusesANumberOfReplicasOutOfRange(int count) {
    assertThatThrownBy(() -> new Replicas(count))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("The number of replicas must be 1 to 100, not " + count);
  }

  @Test
  void probesByHttpOrTcp() {
    assertThat(Probe.http("/health?x=1").path()).isEqualTo("/health?x=1");
    assertThat(Probe.tcp().path()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "health", "http://x/", "/a b", "/a\nb", "/a\u0000"})
  void saysHowAProbesPathIsWritten(String path) {
    assertThatThrownBy(() -> Probe.http(path))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("must begin with '/' and have no white space");
  }

  @Test
  void refusesAProbeOfAPortOutOfRange() {
    assertThatThrownBy(() -> new Probe(null, 70_000)).hasMessageContaining("1 to 65535");
  }

  @Test
  void sortsVariables() {
    Variables variables = new Variables(Map.of("b", "2", "A_1", "", "_", "x\ny"));
    assertThat(variables.values().keySet()).containsExactly("A_1", "_", "b");
    assertThatThrownBy(() -> variables.values().put("c", "d"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A B", "ä", "A=B", "A.B"})
  void saysHowAVariableMayBeCalled(String name) {
    assertThatThrownBy(() -> new Variables(Map.of(name, "x")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("must begin with a letter or '_'");
  }

  @Test
  void refusesVariablesThatAPodCannotTake() {
    assertThatThrownBy(() -> new Variables(Map.of("A", "x\0y"))).hasMessageContaining("NUL");
    assertThatThrownBy(() -> new Variables(Map.of("A", "x".repeat(256 * 1024))))
        .hasMessageContaining("larger than 262144 characters");
  }

  @Test
  void hidesThePathOfANotificationTarget() {
    NotificationTarget target =
        new NotificationTarget(
            NotificationTarget.Type.SLACK, "https://hooks.example.com/services/T1/B1/canary");
    assertThat(target.shown()).isEqualTo("https://hooks.example.com");
    assertThat(NotificationTarget.Type.parse("webhook")).isEqualTo(NotificationTarget.Type.WEBHOOK);
    assertThatThrownBy(() -> NotificationTarget.Type.parse("mail"))
        .hasMessageContaining("must be slack or webhook");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ftp://a.b/c",
        "https://user:canary@a.b/",
        "https:///x",
        "http://a b/",
        "file:///x"
      })
  void refusesATargetThatIsNoPlainUrlAndDoesNotRepeatIt(String url) {
    assertThatThrownBy(() -> new NotificationTarget(NotificationTarget.Type.WEBHOOK, url))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("URL")
        .hasMessageNotContaining("canary");
  }

  @Test
  void neverPrintsASecret() {
    Secret secret = Secret.of("canary");
    assertThat(secret.toString()).doesNotContain("canary");
    assertThat(String.valueOf(Map.of("K", secret))).doesNotContain("canary");
    assertThat(secret.hashCode()).isEqualTo(Secret.of("other").hashCode());
    assertThat(secret).isEqualTo(Secret.of("canary")).isNotEqualTo(Secret.of("other"));
    assertThat(Secret.class.isRecord()).isFalse();
  }
}

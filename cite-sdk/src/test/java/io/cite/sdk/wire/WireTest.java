package io.cite.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireTest {
  private final JsonMapper plain = JsonMapper.builder().build();

  @Test
  void readsAStateOfANewerServerAsUnknown() {
    assertThat(plain.readValue("\"HIBERNATING\"", DeploymentState.class))
        .isEqualTo(DeploymentState.UNKNOWN);
    assertThat(plain.readValue("\"HIBERNATING\"", ServiceState.class))
        .isEqualTo(ServiceState.UNKNOWN);
    assertThat(DeploymentState.UNKNOWN.ended()).isFalse();
  }

  @Test
  void takesAnAbsentListForAnEmptyOne() {
    Evidence evidence = plain.readValue("{\"podReason\":\"OOMKilled\"}", Evidence.class);
    assertThat(evidence.events()).isEmpty();
  }

  @Test
  void writesAbsentValuesAsNullExceptInRequests() {
    assertThat(plain.writeValueAsString(new Page<>(java.util.List.of(), null)))
        .contains("\"nextCursor\":null");
    assertThat(plain.writeValueAsString(new BuildRequest(null))).isEqualTo("{}");
    assertThat(plain.writeValueAsString(CreateService.of("acme/hello")))
        .isEqualTo("{\"repository\":\"acme/hello\"}");
  }

  @Test
  void showsNoSecretInTextForm() {
    assertThat(Examples.createService().toString())
        .contains("acme/hello", "K")
        .doesNotContain("canary-7f3a", "hooks.example/1");
  }

  @Test
  void knowsWhichStatesAreFinal() {
    assertThat(DeploymentState.values())
        .filteredOn(DeploymentState::ended)
        .containsExactly(
            DeploymentState.LIVE,
            DeploymentState.RETIRED,
            DeploymentState.FAILED,
            DeploymentState.SUPERSEDED,
            DeploymentState.CANCELLED);
    assertThat(BuildState.values())
        .filteredOn(BuildState::ended)
        .containsExactly(
            BuildState.SUCCEEDED, BuildState.FAILED, BuildState.ERRORED, BuildState.TIMED_OUT);
  }

  @Test
  void cannotBeChangedThroughTheCollectionsItWasMadeOf() {
    Evidence evidence = new Evidence(null, java.util.List.of("a"), null);
    assertThatThrownBy(() -> evidence.events().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}

package io.cite.sdk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireTest {
  private final JsonMapper plain = JsonMapper.builder().build();

  @Test
  void readsAStateOfANewerServerAsUnknown() {
    assertThat(plain.readValue("\"HIBERNATING\"", DeploymentStateView.class))
        .isEqualTo(DeploymentStateView.UNKNOWN);
    assertThat(plain.readValue("\"HIBERNATING\"", ServiceStateView.class))
        .isEqualTo(ServiceStateView.UNKNOWN);
    assertThat(DeploymentStateView.UNKNOWN.ended()).isFalse();
  }

  @Test
  void takesAnAbsentListForAnEmptyOne() {
    EvidenceView evidence = plain.readValue("{\"podReason\":\"OOMKilled\"}", EvidenceView.class);
    assertThat(evidence.events()).isEmpty();
  }

  @Test
  void writesAbsentValuesAsNullExceptInRequests() {
    assertThat(plain.writeValueAsString(new PageView<>(java.util.List.of(), null)))
        .contains("\"nextCursor\":null");
    assertThat(plain.writeValueAsString(new BuildRequest(null))).isEqualTo("{}");
    assertThat(plain.writeValueAsString(CreateServiceRequest.of("acme/hello")))
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
    assertThat(DeploymentStateView.values())
        .filteredOn(DeploymentStateView::ended)
        .containsExactly(
            DeploymentStateView.LIVE,
            DeploymentStateView.RETIRED,
            DeploymentStateView.FAILED,
            DeploymentStateView.SUPERSEDED,
            DeploymentStateView.CANCELLED);
    assertThat(BuildStateView.values())
        .filteredOn(BuildStateView::ended)
        .containsExactly(
            BuildStateView.SUCCEEDED,
            BuildStateView.FAILED,
            BuildStateView.ERRORED,
            BuildStateView.TIMED_OUT,
            BuildStateView.CANCELLED);
  }

  @Test
  void cannotBeChangedThroughTheCollectionsItWasMadeOf() {
    EvidenceView evidence = new EvidenceView(null, java.util.List.of("a"), null);
    assertThatThrownBy(() -> evidence.events().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}

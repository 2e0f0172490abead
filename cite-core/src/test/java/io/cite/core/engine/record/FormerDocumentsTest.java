package io.cite.core.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.StepRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormerDocumentsTest {
  private static final Class<EnvironmentState> STATE = EnvironmentState.class;

  private static Map<String, Object> environment(String attention) {
    return Map.of("id", "acme/hello/feature/x", "lastSeq", 1L, "attention", attention);
  }

  private static Map<String, Object> step(String progress, String detail) {
    return Map.of(
        "step", "WEBHOOKS", "progress", progress, "detail", detail, "at", "2026-01-02T03:04:05Z");
  }

  @Test
  void readsFromTheDetailThatAStepWasUndone() {
    StepRecord failed =
        RecordCodec.standard().read(step("FAILED", "undone; no such repository"), StepRecord.class);

    assertThat(failed.undone()).isTrue();
    assertThat(failed.detail()).isEqualTo("no such repository");
    assertThat(RecordCodec.standard().read(step("UNDONE", "undone; "), StepRecord.class).undone())
        .isTrue();
  }

  @Test
  void readsThatAStepWasNotUndone() {
    StepRecord done = RecordCodec.standard().read(step("DONE", "hooks 1 and 2"), StepRecord.class);

    assertThat(done.undone()).isFalse();
    assertThat(done.detail()).isEqualTo("hooks 1 and 2");
  }

  @Test
  void readsFromTheAttentionThatABranchWasDeleted() {
    EnvironmentState state =
        RecordCodec.standard().read(environment("the branch feature/x was deleted"), STATE);

    assertThat(state.branchDeleted()).isTrue();
    assertThat(state.attention()).isNull();
  }

  @Test
  void leavesAnyOtherAttentionAlone() {
    EnvironmentState state =
        RecordCodec.standard().read(environment("the branch other was deleted"), STATE);

    assertThat(state.branchDeleted()).isFalse();
    assertThat(state.attention()).isEqualTo("the branch other was deleted");
  }

  @Test
  void leavesTheDetailOfAPresentDocumentAlone() {
    StepRecord step =
        new StepRecord(
            StepRecord.CreateStep.WEBHOOKS,
            StepRecord.Progress.FAILED,
            "undone; as the host says",
            Instant.EPOCH);

    assertThat(RecordCodec.standard().read(RecordCodec.standard().write(step), StepRecord.class))
        .isEqualTo(step);
  }

  @Test
  void readsALogUrlThatIsNoWebAddressAsAbsent() {
    assertThat(storedWith("javascript:alert(1)").result().logUrl()).isNull();
    assertThat(storedWith("file:///etc/passwd").result().logUrl()).isNull();
    assertThat(storedWith("javascript:alert(1)").result().logTail()).isEqualTo("the end\n");
    assertThat(storedWith("https://b.invalid/1").result().logUrl())
        .isEqualTo(new LogUrl("https://b.invalid/1"));
  }

  private static Build storedWith(String logUrl) {
    Map<String, Object> document =
        new HashMap<>(RecordCodec.standard().write(StoredSamples.all().get("build")));
    document.put("logUrl", logUrl);
    return RecordCodec.standard().read(document, Build.class);
  }
}

package io.cite.core.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredNamesTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  /** As an earlier version had it. */
  record Flat(String commit, Phase phase, int ready, @Nullable Instant end, List<Event> events) {}

  enum Phase {
    WAITING,
    OVER
  }

  sealed interface Event {
    record Begun(String by) implements Event {}

    record Ended(boolean well) implements Event {}
  }

  /** The same with other words and other groups. */
  record Grouped(Progress progress, List<Happening> happenings, String revision) {
    record Progress(Pods pods, @Nullable Instant endedAt) {}

    record Pods(State state, int readyPods) {}
  }

  enum State {
    DONE,
    QUEUED
  }

  sealed interface Happening {
    record Finished(boolean good) implements Happening {}

    record Started(String person) implements Happening {}
  }

  private static final RecordCodec BEFORE =
      new RecordCodec(
          new StoredNames()
              .type(Flat.class, "commit phase ready end events")
              .type(Phase.class, "WAITING OVER")
              .variant(Event.Begun.class, "Begun", "by")
              .variant(Event.Ended.class, "Ended", "well"));

  private static final RecordCodec AFTER =
      new RecordCodec(
          new StoredNames()
              .type(Grouped.class, "commit=revision *progress events=happenings")
              .type(Grouped.Progress.class, "*pods end=endedAt")
              .type(Grouped.Pods.class, "phase=state ready=readyPods")
              .type(State.class, "WAITING=QUEUED OVER=DONE")
              .variant(Happening.Started.class, "Begun", "by=person")
              .variant(Happening.Finished.class, "Ended", "well=good"));

  private static final Flat FLAT =
      new Flat("abc", Phase.OVER, 2, AT, List.of(new Event.Begun("ada"), new Event.Ended(true)));
  private static final Grouped GROUPED =
      new Grouped(
          new Grouped.Progress(new Grouped.Pods(State.DONE, 2), AT),
          List.of(new Happening.Started("ada"), new Happening.Finished(true)),
          "abc");

  @Test
  void storesTheSameAfterJavaWasRenamedAndRegrouped() {
    assertThat(AFTER.write(GROUPED)).isEqualTo(BEFORE.write(FLAT));
    assertThat(AFTER.read(BEFORE.write(FLAT), Grouped.class)).isEqualTo(GROUPED);
    assertThat(BEFORE.read(AFTER.write(GROUPED), Flat.class)).isEqualTo(FLAT);
  }

  @Test
  void readsAGroupOfWhichOnlyAPartIsStored() {
    Flat least = new Flat("abc", Phase.WAITING, 0, null, List.of());

    assertThat(AFTER.read(BEFORE.write(least), Grouped.class))
        .isEqualTo(
            new Grouped(
                new Grouped.Progress(new Grouped.Pods(State.QUEUED, 0), null), List.of(), "abc"));
  }

  @Test
  void refusesWhatIsNotNamedExactlyOnce() {
    StoredNames names = new StoredNames();

    assertThatThrownBy(() -> names.type(Event.Begun.class, "who"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Begun")
        .hasMessageContaining("[by]");
    assertThatThrownBy(() -> names.type(Grouped.Pods.class, "state"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("readyPods");
    assertThatThrownBy(() -> names.type(Grouped.Pods.class, "state a=readyPods b=readyPods"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> names.type(Grouped.Pods.class, "a=state a=readyPods"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> names.type(Phase.class, "WAITING"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OVER");
  }

  @Test
  void refusesWhatIsNotNamedAtAll() {
    RecordCodec knowsNothing = new RecordCodec(new StoredNames());

    assertThatThrownBy(() -> knowsNothing.write(FLAT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Flat has no stored names");
  }

  @Test
  void refusesAValueOrKindThatItDoesNotKnow() {
    Map<String, Object> phase = new java.util.HashMap<>(BEFORE.write(FLAT));
    phase.put("phase", "PAUSED");
    assertThatThrownBy(() -> BEFORE.read(phase, Flat.class)).hasMessageContaining("PAUSED");

    Map<String, Object> event = new java.util.HashMap<>(BEFORE.write(FLAT));
    event.put("events", List.of(Map.of("kind", "Paused")));
    assertThatThrownBy(() -> BEFORE.read(event, Flat.class)).hasMessageContaining("Paused");
  }
}

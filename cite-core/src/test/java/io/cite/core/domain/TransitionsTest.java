package io.cite.core.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private enum Door {
    OPEN,
    SHUT
  }

  private enum Refusal {
    LOCKED,
    AS_IT_IS
  }

  private record House(Door door, boolean key) {}

  private sealed interface Event {
    record Push() implements Event {}

    record Pull() implements Event {}
  }

  private static Transitions.Builder<Door, House, Event> doors() {
    return Transitions.of(Door.class, Event.class, House::door)
        .row(
            EnumSet.of(Door.SHUT),
            Event.Push.class,
            Door.OPEN,
            (house, event, at) -> house.key(),
            Refusal.LOCKED,
            (house, event, at) -> new House(Door.OPEN, house.key()))
        .row(
            EnumSet.of(Door.OPEN),
            Event.Pull.class,
            Door.SHUT,
            (house, event, at) -> new House(Door.SHUT, house.key()));
  }

  private static Transitions<Door, House, Event> whole() {
    return doors()
        .refuse(EnumSet.of(Door.SHUT), Event.Pull.class, Refusal.AS_IT_IS)
        .refuse(EnumSet.of(Door.OPEN), Event.Push.class, Refusal.AS_IT_IS)
        .build();
  }

  @Test
  void cannotBeBuiltWithAHole() {
    assertThatThrownBy(() -> doors().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OPEN + Push")
        .hasMessageContaining("SHUT + Pull");
  }

  @Test
  void cannotHaveTwoCellsForOnePair() {
    assertThatThrownBy(
            () -> doors().refuse(EnumSet.of(Door.OPEN), Event.Pull.class, Refusal.AS_IT_IS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("OPEN + Pull");
  }

  @Test
  void refusesByName() {
    House locked = new House(Door.SHUT, false);
    assertThat(whole().outcome(locked, new Event.Push(), AT))
        .isEqualTo(new Transitions.Outcome.Refused<>(Refusal.LOCKED));
    assertThat(whole().outcome(locked, new Event.Pull(), AT))
        .isEqualTo(new Transitions.Outcome.Refused<>(Refusal.AS_IT_IS));
    assertThat(whole().apply(locked, new Event.Push(), AT)).isSameAs(locked);
  }

  @Test
  void appliesTheRow() {
    assertThat(whole().apply(new House(Door.SHUT, true), new Event.Push(), AT))
        .isEqualTo(new House(Door.OPEN, true));
  }

  @Test
  void refusesARuleThatLeadsElsewhere() {
    Transitions<Door, House, Event> wrong =
        doors()
            .refuse(EnumSet.of(Door.SHUT), Event.Pull.class, Refusal.AS_IT_IS)
            .row(
                EnumSet.of(Door.OPEN),
                Event.Push.class,
                Door.OPEN,
                (house, event, at) -> new House(Door.SHUT, true))
            .build();
    assertThatThrownBy(() -> wrong.apply(new House(Door.OPEN, true), new Event.Push(), AT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leads to SHUT");
  }
}

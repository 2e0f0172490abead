package io.cite.core.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A state machine as a table: for each state and each kind of event there is either a row, which
 * says what becomes of the subject, or a refusal with a name. A table with a hole or with two cells
 * for one pair cannot be built, so a new state or event is decided about before anything runs.
 * Immutable; a pure function of subject, event and time.
 *
 * @param <S> the states
 * @param <T> what has a state
 * @param <E> the events: a sealed interface, whose permitted classes are the kinds
 */
public final class Transitions<S extends Enum<S>, T, E> {

  /** What becomes of the subject. */
  @FunctionalInterface
  public interface Rule<T, E> {
    /** The subject after the event. */
    T apply(T subject, E event, Instant at);
  }

  /** Whether a row applies to the subject as it is now. */
  @FunctionalInterface
  public interface Guard<T, E> {
    /** Whether the event counts. */
    boolean holds(T subject, E event, Instant at);
  }

  /**
   * A cell of the table as a reader sees it.
   *
   * @param to the states that the row leads to; empty for a refusal
   * @param refusal why the event changes nothing: always, or if the guard does not hold
   */
  public record Cell<S>(Set<S> to, Optional<Enum<?>> refusal) {
    public Cell {
      to = Set.copyOf(to);
    }
  }

  /** What an event came to. */
  public sealed interface Outcome<T> {
    /** A row applied; the subject may still be the same, for an event that came twice. */
    record Applied<T>(T subject) implements Outcome<T> {}

    /** The event changes nothing, for this reason. */
    record Refused<T>(Enum<?> reason) implements Outcome<T> {}
  }

  private record Row<S, T, E>(
      Set<S> to,
      Optional<Guard<T, E>> guard,
      Optional<Enum<?>> refusal,
      Optional<Rule<T, E>> rule) {}

  private final Function<T, S> stateOf;
  private final Map<S, Map<Class<?>, Row<S, T, E>>> table;

  private Transitions(Function<T, S> stateOf, Map<S, Map<Class<?>, Row<S, T, E>>> table) {
    this.stateOf = stateOf;
    this.table = table;
  }

  /** Begins a table. */
  public static <S extends Enum<S>, T, E> Builder<S, T, E> of(
      Class<S> states, Class<E> events, Function<T, S> stateOf) {
    return new Builder<>(states, events, stateOf);
  }

  /** What the event does to the subject. */
  public Outcome<T> outcome(T subject, E event, Instant at) {
    S state = stateOf.apply(subject);
    Row<S, T, E> row = row(state, event.getClass());
    boolean refused =
        row.rule().isEmpty() || row.guard().filter(g -> !g.holds(subject, event, at)).isPresent();
    if (refused) {
      return new Outcome.Refused<>(row.refusal().orElseThrow());
    }
    T after = row.rule().orElseThrow().apply(subject, event, at);
    if (!row.to().contains(stateOf.apply(after))) {
      throw new IllegalStateException(
          "The row of " + state + " and " + event + " leads to " + stateOf.apply(after));
    }
    return new Outcome.Applied<>(after);
  }

  /** The subject after the event; the same subject if the event is refused. */
  public T apply(T subject, E event, Instant at) {
    return outcome(subject, event, at) instanceof Outcome.Applied<T> applied
        ? applied.subject()
        : subject;
  }

  /** The table, for tests and diagrams: by state, then by the simple name of the event. */
  public Map<S, Map<String, Cell<S>>> cells() {
    Map<S, Map<String, Cell<S>>> cells = new LinkedHashMap<>();
    table.forEach(
        (state, rows) -> {
          Map<String, Cell<S>> line = new LinkedHashMap<>();
          rows.forEach(
              (event, row) -> line.put(event.getSimpleName(), new Cell<>(row.to(), row.refusal())));
          cells.put(state, line);
        });
    return cells;
  }

  private Row<S, T, E> row(S state, Class<?> event) {
    Row<S, T, E> row = table.getOrDefault(state, Map.of()).get(event);
    if (row == null) {
      throw new IllegalArgumentException("The table has no event " + event.getSimpleName());
    }
    return row;
  }

  /** Puts a table together. Not thread-safe. */
  public static final class Builder<S extends Enum<S>, T, E> {
    private final Class<S> states;
    private final Class<E> events;
    private final Function<T, S> stateOf;
    private final Map<S, Map<Class<?>, Row<S, T, E>>> table;

    private Builder(Class<S> states, Class<E> events, Function<T, S> stateOf) {
      this.states = states;
      this.events = events;
      this.stateOf = stateOf;
      this.table = new EnumMap<>(states);
    }

    /** A row: the event leads from each of these states to the given one. */
    public <K extends E> Builder<S, T, E> row(Set<S> from, Class<K> event, S to, Rule<T, K> rule) {
      return put(from, event, EnumSet.of(to), Optional.empty(), Optional.empty(), rule);
    }

    /** A row that applies if the guard holds; else the event is refused for the given reason. */
    public <K extends E> Builder<S, T, E> row(
        Set<S> from, Class<K> event, S to, Guard<T, K> guard, Enum<?> refusal, Rule<T, K> rule) {
      return put(from, event, EnumSet.of(to), Optional.of(guard), Optional.of(refusal), rule);
    }

    /**
     * A row whose rule chooses one of several states, if the guard holds; else the event is refused
     * for the given reason.
     */
    public <K extends E> Builder<S, T, E> row(
        Set<S> from,
        Class<K> event,
        Set<S> to,
        Guard<T, K> guard,
        Enum<?> refusal,
        Rule<T, K> rule) {
      return put(from, event, to, Optional.of(guard), Optional.of(refusal), rule);
    }

    /** A row that leaves the state as it is. */
    public <K extends E> Builder<S, T, E> same(Set<S> in, Class<K> event, Rule<T, K> rule) {
      in.forEach(state -> row(EnumSet.of(state), event, state, rule));
      return this;
    }

    /** A row that leaves the state as it is, if the guard holds. */
    public <K extends E> Builder<S, T, E> same(
        Set<S> in, Class<K> event, Guard<T, K> guard, Enum<?> refusal, Rule<T, K> rule) {
      in.forEach(state -> row(EnumSet.of(state), event, state, guard, refusal, rule));
      return this;
    }

    /** The event changes nothing in these states, for the given reason. */
    public Builder<S, T, E> refuse(Set<S> in, Class<? extends E> event, Enum<?> reason) {
      for (S state : in) {
        put(
            state,
            event,
            new Row<>(Set.of(), Optional.empty(), Optional.of(reason), Optional.empty()));
      }
      return this;
    }

    /** In these states every event that has no row yet changes nothing, for the given reason. */
    public Builder<S, T, E> refuseAllElse(Set<S> in, Enum<?> reason) {
      for (S state : in) {
        for (Class<? extends E> event : kinds()) {
          if (!line(state).containsKey(event)) {
            refuse(EnumSet.of(state), event, reason);
          }
        }
      }
      return this;
    }

    /**
     * The table.
     *
     * @throws IllegalStateException if a state and an event have no cell
     */
    public Transitions<S, T, E> build() {
      List<String> holes = new ArrayList<>();
      for (S state : states.getEnumConstants()) {
        for (Class<? extends E> event : kinds()) {
          if (!line(state).containsKey(event)) {
            holes.add(state + " + " + event.getSimpleName());
          }
        }
      }
      if (!holes.isEmpty()) {
        throw new IllegalStateException("The table has no cell for " + holes);
      }
      return new Transitions<>(stateOf, table);
    }

    private List<Class<? extends E>> kinds() {
      return Arrays.stream(events.getPermittedSubclasses())
          .<Class<? extends E>>map(kind -> kind.asSubclass(events))
          .toList();
    }

    private Map<Class<?>, Row<S, T, E>> line(S state) {
      return table.computeIfAbsent(state, key -> new LinkedHashMap<>());
    }

    private <K extends E> Builder<S, T, E> put(
        Set<S> from,
        Class<K> event,
        Set<S> to,
        Optional<Guard<T, K>> guard,
        Optional<Enum<?>> refusal,
        Rule<T, K> rule) {
      Optional<Guard<T, E>> anyGuard =
          guard.map(g -> (subject, e, at) -> g.holds(subject, event.cast(e), at));
      Rule<T, E> anyRule = (subject, e, at) -> rule.apply(subject, event.cast(e), at);
      for (S state : from) {
        put(state, event, new Row<>(to, anyGuard, refusal, Optional.of(anyRule)));
      }
      return this;
    }

    private void put(S state, Class<? extends E> event, Row<S, T, E> row) {
      if (line(state).put(event, row) != null) {
        throw new IllegalStateException(
            "The table has two cells for " + state + " + " + event.getSimpleName());
      }
    }
  }
}

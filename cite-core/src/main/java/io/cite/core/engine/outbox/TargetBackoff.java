package io.cite.core.engine.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one message at a time go to a target, and none while the target is left alone after a
 * failure. The pause doubles with each failure in a row; a longer pause that the target asked for
 * is kept. Thread-safe. The memory ends with the term; what was tried before carries its next time
 * in its record.
 */
final class TargetBackoff {
  /** The pause after the first failure. */
  static final Duration FIRST = Duration.ofSeconds(5);

  /** The longest pause that CITE chooses itself. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration BUSY = Duration.ofSeconds(30);

  private static final class Target {
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean busy;
    private int failures;
    private @Nullable Instant until;
  }

  private final Map<String, Target> targets = new HashMap<>();
  private final Consumer<String> wake;

  /**
   * A memory without targets.
   *
   * @param wake called with the id of a message whose turn may have come
   */
  TargetBackoff(Consumer<String> wake) {
    this.wake = wake;
  }

  /**
   * Takes the target for one message.
   *
   * @return empty if the message may be sent; else when to ask again, at the latest
   */
  synchronized Optional<Instant> enter(String target, String message, Instant now) {
    Target state = targets.computeIfAbsent(target, key -> new Target());
    if (state.busy) {
      if (!state.waiting.contains(message)) {
        state.waiting.add(message);
      }
      return Optional.of(now.plus(BUSY));
    }
    if (state.until != null && now.isBefore(state.until)) {
      return Optional.of(state.until);
    }
    state.busy = true;
    return Optional.empty();
  }

  /** The target took a message: the next one that waits has its turn. */
  void delivered(String target) {
    @Nullable String next;
    synchronized (this) {
      Target state = targets.computeIfAbsent(target, key -> new Target());
      next = state.waiting.poll();
      if (next == null) {
        targets.remove(target);
      } else {
        state.busy = false;
        state.failures = 0;
        state.until = null;
      }
    }
    if (next != null) {
      wake.accept(next);
    }
  }

  /**
   * The target did not take a message.
   *
   * @param asked how long it wants to be left alone, if it said so
   * @return when it may be tried again
   */
  synchronized Instant failed(String target, Instant now, Optional<Duration> asked) {
    Target state = targets.computeIfAbsent(target, key -> new Target());
    Duration pause = FIRST.multipliedBy(1L << Math.min(state.failures, 10));
    if (pause.compareTo(LONGEST) > 0) {
      pause = LONGEST;
    }
    if (asked.isPresent() && asked.get().compareTo(pause) > 0) {
      pause = asked.get();
    }
    Instant until = now.plus(pause);
    state.busy = false;
    state.failures++;
    state.until = until;
    state.waiting.clear();
    return until;
  }
}

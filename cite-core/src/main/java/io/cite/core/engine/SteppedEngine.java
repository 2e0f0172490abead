package io.cite.core.engine;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.schedule.Work;
import io.cite.core.engine.schedule.Work.Routine;
import io.cite.core.engine.schedule.WorkQueue;
import io.cite.core.engine.store.Stores;
import io.cite.core.port.InstantSource;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The engine without threads: whoever holds it takes each step, and time passes only when there is
 * nothing to do now. With ports in memory everything that happens is decided by what was put in.
 */
public final class SteppedEngine implements AutoCloseable {
  private static final List<Routine> ROUNDS =
      List.of(Routine.HEARTBEAT, Routine.REDELIVERIES, Routine.HEADS, Routine.RETENTION);
  private static final int LIMIT = 10_000;

  private final WorkQueue queue;
  private final Dispatcher dispatcher;
  private final InstantSource clock;
  private final Consumer<Instant> wait;
  private final List<Subscription> subscriptions = new ArrayList<>();

  /**
   * An engine that leads for one term.
   *
   * @param stores what the use cases work on too, over the same metadata store
   * @param wait makes the clock of {@code outside} show at least this time
   * @param failures notified of each piece of work that failed and will be tried again
   */
  public SteppedEngine(
      Ports ports,
      Stores stores,
      EngineSettings settings,
      Term term,
      Consumer<Instant> wait,
      BiConsumer<Work, RuntimeException> failures) {
    this.clock = ports.clock();
    this.wait = wait;
    this.queue = new WorkQueue(clock);
    this.dispatcher =
        new Dispatcher(
            new TermParts(ports, stores, settings, term, new AtomicLong()),
            queue,
            () -> {},
            failures);
    subscriptions.add(ports.store().watch(Dispatcher.ALL_KEYS, dispatcher::enqueue));
    subscriptions.add(
        ports
            .cluster()
            .objects()
            .watch((EnvironmentId id) -> queue.add(new Work.OfEnvironment(id))));
    queue.add(Routine.RESYNC);
  }

  /** Does one piece of work that is due; false if none is. */
  public boolean step() {
    Optional<Work> work = queue.poll();
    if (work.isEmpty()) {
      return false;
    }
    try {
      dispatcher.handle(work.get());
    } finally {
      queue.done(work.get());
    }
    return true;
  }

  /** Does all work that is due, and what that brings about. */
  public void settle() {
    int steps = 0;
    while (step()) {
      if (++steps > LIMIT) {
        throw new IllegalStateException("it does not settle within " + LIMIT + " steps");
      }
    }
  }

  /** Does all work that gets due within a time, moving the clock on. */
  public void settleFor(Duration time) {
    Instant end = clock.instant().plus(time);
    settle();
    while (queue.nextDue().filter(due -> !due.isAfter(end)).isPresent()) {
      wait.accept(queue.nextDue().orElseThrow());
      settle();
    }
    wait.accept(end);
  }

  /** Does a round of searching for what no event reported. */
  public void sweep() {
    ROUNDS.forEach(queue::add);
    settle();
  }

  /** Resyncs, as the engine does from time to time. */
  public void resync() {
    queue.add(Routine.RESYNC);
    settle();
  }

  /** Stops listening; what is queued is left to the next one. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    queue.close();
  }
}

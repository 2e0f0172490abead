package io.cite.core.engine;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.schedule.Work;
import io.cite.core.engine.schedule.Work.Routine;
import io.cite.core.engine.schedule.WorkQueue;
import io.cite.core.engine.store.Stores;
import io.cite.core.port.Leadership;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what is stored, as long as this process leads. Its state is the store's: it may be
 * stopped at any point, and another one goes on. Thread-safe.
 */
public final class Engine implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration HANDOVER_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

  private final Ports ports;
  private final Stores stores;
  private final EngineSettings settings;
  private final Leadership leadership;
  private final int workers;
  private final Supplier<ExecutorService> threads;
  private final BiConsumer<Work, RuntimeException> failures;
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable LeadershipTerm term;

  /**
   * An engine that does not work yet.
   *
   * @param stores what the use cases work on too, over the same metadata store
   * @param workers how many environments are worked on at the same time
   * @param threads makes the threads of one term, at least {@code workers} of them; the engine
   *     shuts them down at the end of the term
   * @param failures notified of each piece of work that failed and will be tried again
   */
  public Engine(
      Ports ports,
      Stores stores,
      EngineSettings settings,
      Leadership leadership,
      int workers,
      Supplier<ExecutorService> threads,
      BiConsumer<Work, RuntimeException> failures) {
    this.ports = ports;
    this.stores = stores;
    this.settings = settings;
    this.leadership = leadership;
    this.workers = workers;
    this.threads = threads;
    this.failures = failures;
  }

  /** Takes part in the election, and works when elected. */
  public void start() {
    leadership.campaign(
        new Leadership.Listener() {
          @Override
          public void elected(Term elected) {
            term = new LeadershipTerm(elected);
          }

          @Override
          public void deposed() {
            leave().ifPresent(LeadershipTerm::close);
          }
        });
  }

  /** Whether this process leads now. */
  public boolean isLeading() {
    return term != null;
  }

  /** How much work is due or being done; 0 if another process leads. */
  public int backlog() {
    LeadershipTerm now = term;
    return now == null ? 0 : now.queue.backlog();
  }

  /** How many notices and statuses nobody took. */
  public long dropped() {
    return dropped.get();
  }

  /** Begins no more work. What is being done goes on. */
  private synchronized Optional<LeadershipTerm> leave() {
    Optional<LeadershipTerm> ended = Optional.ofNullable(term);
    term = null;
    ended.ifPresent(LeadershipTerm::end);
    return ended;
  }

  /**
   * Stops working and steps down. What is being done has a second to come to its end; then another
   * process may lead, and what is written late is refused by the fence.
   */
  @Override
  public void close() {
    Optional<LeadershipTerm> ended = leave();
    ended.ifPresent(term -> term.await(HANDOVER_TIMEOUT));
    leadership.close();
    ended.ifPresent(LeadershipTerm::close);
  }

  /** One term: the queue, its threads, and the subscriptions that feed it. */
  private final class LeadershipTerm {
    private final WorkQueue queue = new WorkQueue(ports.clock());
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final ExecutorService pool;
    private final Dispatcher dispatcher;

    LeadershipTerm(Term term) {
      dispatcher =
          new Dispatcher(
              new TermParts(ports, stores, settings, term, dropped), queue, this::listen, failures);
      pool = threads.get();
      subscriptions.add(ports.store().watch(Dispatcher.ALL_KEYS, dispatcher::enqueue));
      queue.add(Routine.LISTEN);
      queue.add(Routine.RESYNC);
      queue.add(Routine.HEARTBEAT);
      queue.addAfter(Routine.REDELIVERIES, SOON);
      queue.addAfter(Routine.HEADS, settings.sweepInterval());
      queue.addAfter(Routine.RETENTION, settings.sweepInterval());
      for (int i = 0; i < workers; i++) {
        pool.execute(this::work);
      }
    }

    private void work() {
      try {
        Optional<Work> work = queue.take();
        while (work.isPresent()) {
          work(work.get());
          work = queue.take();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /**
     * An {@link Error} is reported as one that nobody caught, and takes no worker from the term.
     */
    private void work(Work work) {
      try {
        dispatcher.handle(work);
      } catch (Error e) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      } finally {
        queue.done(work);
      }
    }

    private void listen() {
      subscriptions.add(
          ports
              .cluster()
              .objects()
              .watch((EnvironmentId id) -> queue.add(new Work.OfEnvironment(id))));
    }

    void end() {
      queue.close();
      pool.shutdown();
    }

    /** Whether all work came to its end in this time. */
    boolean await(Duration time) {
      try {
        return pool.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void close() {
      if (!await(SHUTDOWN_TIMEOUT)) {
        pool.shutdownNow();
      }
      subscriptions.forEach(Subscription::close);
    }
  }
}

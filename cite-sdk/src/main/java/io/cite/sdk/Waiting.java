package io.cite.sdk;

import io.cite.sdk.wire.EventView;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a resource is as wanted. Events of the server say when to read it again. While they
 * cannot be received, and now and then in any case, it reads without an event.
 */
final class Waiting {
  private static final Duration CLOSEST = Duration.ofMillis(250);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

  /** How old a reading of the resource may be while events come. */
  static final Duration RESYNC_INTERVAL = Duration.ofSeconds(5);

  /** Opens a subscription for the time of the waiting. */
  interface EventSource {
    EventSubscription listen(ServiceRef service, EventListener listener);
  }

  private final Transport transport;
  private final EventSource source;
  private final Duration resyncInterval;

  Waiting(Transport transport, EventSource source, Duration resyncInterval) {
    this.transport = transport;
    this.source = source;
    this.resyncInterval = resyncInterval;
  }

  /**
   * Reads until done.
   *
   * @param what says in messages what is waited for, such as "wait until acme/hello is ready"
   * @param read the request that reads the resource
   * @param seen is given each reading
   */
  <T> T until(
      String what,
      ServiceRef service,
      Duration limit,
      Function<Duration, T> read,
      Consumer<T> seen,
      Predicate<T> done) {
    Semaphore changes = new Semaphore(0);
    long deadline = System.nanoTime() + limit.toNanos();
    Duration pause = CLOSEST;
    CiteClientException failure = null;
    T last = null;
    try (EventSubscription events = source.listen(service, changesTo(changes))) {
      while (true) {
        long readAt = System.nanoTime();
        try {
          T value = read.apply(Duration.ofNanos(Math.max(1, deadline - readAt)));
          failure = null;
          last = value;
        } catch (CiteClientException e) {
          failure = transientOnly(e);
        }
        if (last != null && failure == null) {
          seen.accept(last);
          if (done.test(last)) {
            return last;
          }
        }
        Duration interval = events.connected() ? resyncInterval : pause;
        pause =
            pause.multipliedBy(2).compareTo(POLL_INTERVAL) < 0
                ? pause.multipliedBy(2)
                : POLL_INTERVAL;
        await(changes, Math.min(interval.toNanos(), deadline - System.nanoTime()));
        long tooSoon = CLOSEST.toNanos() - (System.nanoTime() - readAt);
        transport.pause(Duration.ofNanos(Math.max(1, tooSoon)));
        if (System.nanoTime() >= deadline) {
          throw new CiteTimeoutException(
              "Timed out after %2$s: %1$s. The last answer was: %3$s"
                  .formatted(what, limit, last == null ? "nothing" : last),
              failure);
        }
      }
    }
  }

  /** Returns a failure that may pass by itself, and throws any other. */
  private static CiteClientException transientOnly(CiteClientException failure) {
    if (Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    if (failure instanceof CiteServerException answer
        && answer.status() / 100 != 5
        && answer.status() != 429) {
      throw failure;
    }
    return failure;
  }

  private static void await(Semaphore changes, long nanos) {
    try {
      if (changes.tryAcquire(Math.max(1, nanos), TimeUnit.NANOSECONDS)) {
        changes.drainPermits();
      }
    } catch (InterruptedException e) {
      throw Transport.interrupted("wait", e);
    }
  }

  private static EventListener changesTo(Semaphore changes) {
    return new EventListener() {
      @Override
      public void onEvent(EventView event) {
        changes.release();
      }

      @Override
      public void onConnected() {
        changes.release();
      }

      @Override
      public void onEnd(@Nullable CiteClientException cause) {
        changes.release();
      }
    };
  }
}

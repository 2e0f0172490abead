package io.cite.sdk;

import io.cite.sdk.wire.Event;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a resource is as wanted. Events of the server say when to look again; while they
 * cannot be had, and now and then in any case, it looks without being told.
 */
final class Waiting {
  private static final Duration CLOSEST = Duration.ofMillis(250);
  private static final Duration UNTOLD = Duration.ofSeconds(2);

  /** How long a look at the resource may be ago while events come. */
  static final Duration TOLD = Duration.ofSeconds(5);

  /** Opens a subscription for the time of the waiting. */
  interface Ear {
    EventSubscription listen(ServiceRef service, EventListener listener);
  }

  private final Transport transport;
  private final Ear ear;
  private final Duration told;

  Waiting(Transport transport, Ear ear, Duration told) {
    this.transport = transport;
    this.ear = ear;
    this.told = told;
  }

  /**
   * Reads until done.
   *
   * @param what names the wish in messages, such as "see acme/hello ready"
   * @param look the request that reads the resource
   * @param seen is given each reading
   */
  <T> T until(
      String what,
      ServiceRef service,
      Duration limit,
      Function<Duration, T> look,
      Consumer<T> seen,
      Predicate<T> done) {
    Semaphore hints = new Semaphore(0);
    long deadline = System.nanoTime() + limit.toNanos();
    Duration untold = CLOSEST;
    CiteClientException failure = null;
    T last = null;
    try (EventSubscription events = ear.listen(service, hintsTo(hints))) {
      while (true) {
        long looked = System.nanoTime();
        try {
          T value = look.apply(Duration.ofNanos(Math.max(1, deadline - looked)));
          failure = null;
          last = value;
        } catch (CiteClientException e) {
          failure = patient(e);
        }
        if (last != null && failure == null) {
          seen.accept(last);
          if (done.test(last)) {
            return last;
          }
        }
        Duration interval = events.connected() ? told : untold;
        untold = untold.multipliedBy(2).compareTo(UNTOLD) < 0 ? untold.multipliedBy(2) : UNTOLD;
        await(hints, Math.min(interval.toNanos(), deadline - System.nanoTime()));
        long tooSoon = CLOSEST.toNanos() - (System.nanoTime() - looked);
        transport.pause(Duration.ofNanos(Math.max(1, tooSoon)));
        if (System.nanoTime() >= deadline) {
          throw new CiteTimeoutException(
              "%s: it did not happen within %s; last seen: %s"
                  .formatted(what, limit, last == null ? "nothing" : last),
              failure);
        }
      }
    }
  }

  /** Lets pass what may pass while there is time, and throws the rest. */
  private static CiteClientException patient(CiteClientException failure) {
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

  private static void await(Semaphore hints, long nanos) {
    try {
      if (hints.tryAcquire(Math.max(1, nanos), TimeUnit.NANOSECONDS)) {
        hints.drainPermits();
      }
    } catch (InterruptedException e) {
      throw Transport.interrupted("wait", e);
    }
  }

  private static EventListener hintsTo(Semaphore hints) {
    return new EventListener() {
      @Override
      public void onEvent(Event event) {
        hints.release();
      }

      @Override
      public void onConnected() {
        hints.release();
      }

      @Override
      public void onEnd(@Nullable CiteClientException cause) {
        hints.release();
      }
    };
  }
}

package io.cite.server.sandbox.github.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Troubles waiting for their calls, first come first served. Thread-safe. */
public final class Faults implements AutoCloseable {

  private final List<Fault> waiting = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  public synchronized void clear() {
    waiting.clear();
  }

  synchronized Optional<Fault> take(String method, String path) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.befalls(method, path)) {
        if (fault.times() > 1) {
          waiting.set(i, fault.times(fault.times() - 1));
        } else {
          waiting.remove(i);
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** Keeps the calling thread for that long, or until the sandbox stops. */
  void hold(Duration delay) {
    if (delay.isZero()) {
      return;
    }
    try {
      boolean stopped = closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
      if (stopped) {
        throw ApiError.of(503, "Service Unavailable");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

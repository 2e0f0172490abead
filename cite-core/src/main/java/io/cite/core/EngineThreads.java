package io.cite.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the engine's threads: named, and without keeping the process from ending. */
public final class EngineThreads {
  private EngineThreads() {}

  /** The threads of one term of leadership. */
  public static ExecutorService pool(int workers) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        workers,
        task -> {
          Thread thread = new Thread(task, "cite-engine-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}

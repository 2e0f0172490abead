package io.cite.server.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a server running until the process is asked to end, and closes it then. A process that runs
 * out of memory ends at once.
 */
public final class UntilStopped {
  private static final long SHUTDOWN_SECONDS = 30;

  private UntilStopped() {}

  /** Returns after the process was asked to end and the server is closed. */
  public static void run(AutoCloseable server) throws Exception {
    LastResort.install();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  try {
                    closed.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "cite-stop"));
    try (server) {
      asked.await();
    } finally {
      closed.countDown();
    }
  }
}

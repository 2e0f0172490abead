package io.cite.server.cli;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process that cannot work any more, so that whatever watches over it starts another one. A
 * process that goes on without memory answers some requests and fails the others, and nobody can
 * tell which. Everything acknowledged is on the disk, so ending at once loses nothing.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
  /** The exit code: the software failed, EX_SOFTWARE of sysexits.h. */
  static final int EXIT_CODE = 70;

  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private final IntConsumer halt;

  LastResort(IntConsumer halt) {
    this.halt = halt;
  }

  /** Handles what no thread of this process caught. */
  static void install() {
    Thread.setDefaultUncaughtExceptionHandler(new LastResort(Runtime.getRuntime()::halt));
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (!(failure instanceof VirtualMachineError) || failure instanceof StackOverflowError) {
      LOG.error("The thread {} failed. CITE goes on.", thread.getName(), failure);
      return;
    }
    try {
      LOG.error("CITE ends: it cannot work any more ({}).", failure.toString());
    } finally {
      halt.accept(EXIT_CODE); // logging may need the memory that is missing
    }
  }
}

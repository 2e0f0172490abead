package io.cite.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Protects that a process without memory ends, and that one with a mere mistake goes on. */
@Timeout(60)
class LastResortTest {
  private final List<Integer> ended = new ArrayList<>();
  private final LastResort lastResort = new LastResort(ended::add);

  @Test
  void endsAProcessWithoutMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Hungry.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(LastResort.EXIT_CODE);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void goesOnAfterAMistake() {
    lastResort.uncaughtException(Thread.currentThread(), new IllegalStateException("a mistake"));
    lastResort.uncaughtException(Thread.currentThread(), new StackOverflowError());
    lastResort.uncaughtException(Thread.currentThread(), new NoClassDefFoundError("io/cite/X"));

    assertThat(ended).isEmpty();
  }

  /** A server one of whose threads takes all memory. */
  static final class Hungry {
    private Hungry() {}

    @SuppressWarnings("ModifiedButNotUsed") // what is held is never read
    public static void main(String[] arguments) throws Exception {
      Thread thread =
          new Thread(
              () -> {
                while (Thread.getDefaultUncaughtExceptionHandler() == null) {
                  Thread.onSpinWait();
                }
                List<byte[]> taken = new ArrayList<>();
                while (true) {
                  taken.add(new byte[1024 * 1024]);
                }
              });
      thread.start();
      UntilStopped.run(() -> {});
    }
  }
}

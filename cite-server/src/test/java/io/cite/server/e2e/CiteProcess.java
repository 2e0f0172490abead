package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged server as a process of its own, as people run it. */
final class CiteProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "cite-server.jar");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Duration START = Duration.ofSeconds(90);
  private static final long FAREWELL_SECONDS = 40;

  private final Process process;
  private final Path log;
  private final String name;

  private CiteProcess(Process process, Path log, String name) {
    this.process = process;
    this.log = log;
    this.name = name;
  }

  /**
   * Starts a command; what it prints goes to {@code target/e2e/NAME.log}.
   *
   * @param variables the only variables of CITE's that it sees
   */
  static CiteProcess start(String name, Map<String, String> variables, String... arguments) {
    assertThat(JAR).as("the packaged server; run 'package' first").exists();
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETPRIV)) {
      // a test that is killed must not leave servers behind that hold ports and a lease
      command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Path log = Path.of("target", "e2e", name + ".log");
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("CITE_"));
      builder.environment().putAll(variables);
      return new CiteProcess(builder.start(), log, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the process is ready, and fails with its output where it ends before. */
  CiteProcess awaiting(BooleanSupplier ready) {
    await(name + " to be ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(process.isAlive()).as(output()).isTrue();
              return ready.getAsBoolean();
            });
    return this;
  }

  /** Waits until it ends by itself; its exit status. */
  int exitStatus() {
    try {
      assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it has printed so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

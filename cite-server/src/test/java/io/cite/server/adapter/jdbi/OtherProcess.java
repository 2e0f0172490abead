package io.cite.server.adapter.jdbi;

import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of its own that has the store open and writes to it until it is killed. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static OtherProcess start(Path directory) throws IOException {
    return new OtherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The name of the next document that it is asked to write. */
  String acknowledged() throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith("written ")) {
      line = output.readLine();
    }
    return line == null ? "" : line.substring("written ".length());
  }

  /** Kills it as {@code kill -9} does; what it had still said is lost. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }

  /** Writes documents, and says after each that it is written. */
  public static void main(String[] arguments) {
    OutputStream standardOutput = new java.io.FileOutputStream(java.io.FileDescriptor.out);
    try (TestStore opened = new TestStore(Path.of(arguments[0]));
        PrintStream out = new PrintStream(standardOutput, true, StandardCharsets.UTF_8)) {
      for (int i = 0; i < 1_000_000; i++) {
        String key = "/cite/n%06d".formatted(i);
        opened
            .store()
            .commit(
                new Transaction(
                    List.of(), List.of(new Change.Put(key, Map.of("text", "x".repeat(500))))));
        out.println("written " + key);
      }
    }
  }
}

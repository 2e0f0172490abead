package io.cite.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;

/**
 * Three members of etcd that can be killed and started again. All of them run when this is made,
 * and again when it is closed or its process is asked to end.
 */
final class EtcdMembers implements AutoCloseable {
  private static final String COMMAND = "CITE_RIG";
  private static final String PART = "etcd3";
  private static final Path LOG = Path.of("target", "e2e", "rig.log");
  private static final long SECONDS = 120;
  private static final int STARTS = 4;

  private final String command = Servers.require(COMMAND);
  private final List<URI> endpoints =
      Arrays.stream(Servers.require("RIG_ETCD3_ENDPOINTS").split(",")).map(URI::create).toList();
  private final Set<Integer> killed = new ConcurrentSkipListSet<>();

  EtcdMembers() {
    run("up", PART);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  List<URI> endpoints() {
    return endpoints;
  }

  /** Kills a member; the first one is 1. */
  void kill(int member) {
    killed.add(member);
    run("kill", PART, Integer.toString(member));
  }

  /** Starts a member that was killed; on a busy machine it may be late for the command. */
  void start(int member) {
    int attempt = 1;
    while (!succeeds("start", PART, Integer.toString(member))) {
      assertThat(attempt++)
          .as("Attempts to start member %d; %s", member, said())
          .isLessThan(STARTS);
    }
    killed.remove(member);
  }

  private void run(String... arguments) {
    assertThat(succeeds(arguments)).as("%s says %s", List.of(arguments), said()).isTrue();
  }

  private static String said() {
    try {
      return Files.readString(LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean succeeds(String... arguments) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    try {
      Files.createDirectories(LOG.getParent());
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(LOG.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      assertThat(ended).as("%s ends", line).isTrue();
      return process.exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts the members that are still killed. */
  @Override
  public void close() {
    killed.forEach(this::start);
  }
}

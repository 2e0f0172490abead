package io.cite.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Three members of etcd that can be killed and started again. */
final class EtcdMembers {
  private static final String COMMAND = "CITE_RIG";
  private static final long SECONDS = 60;

  private final String command = Servers.require(COMMAND);
  private final List<URI> endpoints =
      Arrays.stream(Servers.require("RIG_ETCD3_ENDPOINTS").split(",")).map(URI::create).toList();

  List<URI> endpoints() {
    return endpoints;
  }

  /** Kills a member; the first one is 1. */
  void kill(int member) {
    run("kill", "etcd3", Integer.toString(member));
  }

  /** Starts a member that was killed. */
  void start(int member) {
    run("start", "etcd3", Integer.toString(member));
  }

  private void run(String... arguments) {
    List<String> line = new java.util.ArrayList<>(List.of(command));
    line.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", line).isTrue();
      assertThat(process.exitValue()).as("%s says %s", line, output).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

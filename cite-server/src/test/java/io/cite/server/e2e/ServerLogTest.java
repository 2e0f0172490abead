package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cite.adapters.k8s.KubernetesClients;
import io.cite.adapters.k8s.KubernetesCluster;
import io.cite.adapters.k8s.KubernetesSettings;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.cluster.RolloutId;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LogLines;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import io.cite.server.sandbox.kubernetes.SandboxKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log tells what the server did, each thing in one line, and nothing of its clients' errors.
 */
class ServerLogTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void tellsTheLifeOfAServiceInALineEach(@TempDir Path data) {
    try (LogLines log = new LogLines();
        Sandbox sandbox = Sandbox.start(Options.in(data))) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      cite.post("/v1/services", Map.of("repository", "acme/hello")).expect(202);
      awaitLine(log, "service\\.create of acme/hello by .*: done.*");
      sandbox.github().commit("acme/hello", "main", Map.of("a", "a"), "Change");
      awaitLine(log, "Build \\d+ of acme/hello/main ended: succeeded, commit .*");
      awaitLine(log, "deployment\\.end of acme/hello/main#\\d+ by cite: done.*");
      cite.get("/v1/services/acme/absent").expect(404);
      cite.post("/v1/services", Map.of("colour", "red")).expect(400);
      cite.delete("/v1/services/acme/hello").expect(202);
      awaitLine(log, "service\\.delete of acme/hello by .*: done.*");

      assertThat(log.texts())
          .anyMatch(text -> text.matches("The replica .* became the leader at revision \\d+\\."))
          .noneMatch(text -> text.contains("answered 40"))
          .doesNotHaveDuplicates();
    }
  }

  private static void awaitLine(LogLines log, String line) {
    await(line)
        .atMost(SOON)
        .untilAsserted(() -> assertThat(log.texts()).anyMatch(text -> text.matches(line)));
  }

  @Test
  void saysOnceThatTheClusterIsDownAndOnceThatItIsBack() {
    LocalServer down = new LocalServer(request -> LocalServer.Reply.of(503, ""));
    int port = down.url().getPort();
    EnvironmentId environment = EnvironmentId.parse("acme/hello/main");
    try (LogLines log = new LogLines();
        KubernetesClient client =
            KubernetesClients.connectTo("http://127.0.0.1:" + port, Duration.ofSeconds(5));
        KubernetesCluster cluster = new KubernetesCluster(client, KubernetesSettings.defaults())) {
      cluster.objects().watch(changed -> {});
      // each of the four watches more than once
      await().atMost(SOON).until(() -> down.requests().size() > 12);
      down.close();
      try (SandboxKubernetes up = SandboxKubernetes.start("127.0.0.1", port)) {
        assertThat(up.url()).contains(":" + port);
        await()
            .atMost(SOON)
            .ignoreExceptions()
            .untilAsserted(
                () -> {
                  cluster.rollouts().observe(new RolloutId(environment, 1));
                  assertThat(log.texts()).contains("CITE watches the cluster again.");
                });
      }
      assertThat(log.of("io.fabric8")).isEmpty();
      assertThat(log.of("io.cite.adapters.k8s"))
          .filteredOn(line -> line.level() == Level.WARN)
          .hasSize(1)
          .allMatch(line -> line.text().startsWith("CITE could not watch the cluster (Kubernetes)"))
          .noneMatch(LogLines.Line::hasTrace);
    }
  }
}

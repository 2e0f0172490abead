package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Ports that are exposed or set come to the Service with a deployment, and go with a rollback. */
class SwitchedPortsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String IN_CITE = "/v1/services/acme/moved";
  private static final String ENVIRONMENT = IN_CITE + "/environments/main";
  private static final String EXPOSED = "FROM scratch\nEXPOSE 7000\n";
  private static final String IN_CLUSTER = "/api/v1/namespaces/acme/services/moved-main";

  @Test
  void theServiceHasThePortsOfTheDeploymentThatIsLive(@TempDir Path data) {
    try (Sandbox sandbox = Sandbox.start(Options.in(data))) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      JsonClient kubernetes = new JsonClient(URI.create(sandbox.kubernetes().url()), null);
      sandbox.github().createRepository("acme/moved");
      sandbox.github().setPermission("acme/moved", Sandbox.CITE_ACCOUNT, "admin");
      sandbox.github().setPermission("acme/moved", Sandbox.ADMINISTRATOR, "admin");
      sandbox.github().commit("acme/moved", "main", dockerfile("First"), "First");
      cite.post("/v1/services", Map.of("repository", "acme/moved")).expect(202);
      await().atMost(SOON).until(() -> text(cite, IN_CITE, "state").equals("READY"));
      cite.post(ENVIRONMENT + "/builds", Map.of()).expect(202);
      awaitLive(cite, 1);
      assertThat(ports(kubernetes)).containsExactly(8080);

      sandbox.github().commit("acme/moved", "main", Map.of("Dockerfile", EXPOSED), "Exposed");
      awaitLive(cite, 2);
      assertThat(ports(kubernetes)).containsExactly(7000);

      cite.send("PATCH", IN_CITE, "{\"ports\":[3000,8080]}", Map.of()).expect(200);
      sandbox.github().commit("acme/moved", "main", dockerfile("Second"), "Second");
      awaitLive(cite, 3);
      assertThat(ports(kubernetes)).containsExactly(3000, 8080);
      assertThat(containerPort(kubernetes, 3)).isEqualTo(3000);

      cite.post(ENVIRONMENT + "/deployments/1/activate", Map.of()).expect(202);
      awaitLive(cite, 4);
      assertThat(ports(kubernetes)).containsExactly(8080);
      assertThat(containerPort(kubernetes, 1)).isEqualTo(8080);
    }
  }

  @Test
  void saysWhereThePortsComeFrom(@TempDir Path data) {
    try (Sandbox sandbox = Sandbox.start(Options.in(data))) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      String file =
          """
          FROM a AS base
          EXPOSE 9090
          FROM b
          ARG PORT=8000
          EXPOSE $PORT 53/udp ${OTHER}
          """;
      sandbox.github().createRepository("acme/moved");
      sandbox.github().setPermission("acme/moved", Sandbox.CITE_ACCOUNT, "admin");
      sandbox.github().setPermission("acme/moved", Sandbox.ADMINISTRATOR, "admin");
      sandbox.github().commit("acme/moved", "main", Map.of("Dockerfile", file), "First");

      JsonNode plan =
          cite.post("/v1/services?dryRun=true", Map.of("repository", "acme/moved"))
              .expect(200)
              .json();
      assertThat(plan.path("ports").toString())
          .isEqualTo("[{\"port\":8000,\"from\":\"EXPOSE in line 5\"}]");
      assertThat(plan.path("notes").toString())
          .contains("line 5: EXPOSE 53/udp is left out")
          .contains("line 5: EXPOSE ${OTHER}: neither ARG nor ENV gives OTHER a value");
      JsonNode set =
          cite.post(
                  "/v1/services?dryRun=true",
                  Map.of("repository", "acme/moved", "ports", List.of(3000)))
              .expect(200)
              .json();
      assertThat(set.path("ports").toString())
          .isEqualTo("[{\"port\":3000,\"from\":\"the setting\"}]");

      cite.post("/v1/services", Map.of("repository", "acme/moved")).expect(202);
      await().atMost(SOON).until(() -> text(cite, IN_CITE, "state").equals("READY"));
      assertThat(text(cite, IN_CITE, "portsFrom")).startsWith("8000 from EXPOSE in line 5; line 5");
      assertThat(cite.get(IN_CITE).json().path("steps").toString())
          .contains("service moved-main: port 8000 from EXPOSE in line 5; line 5: EXPOSE 53/udp");

      cite.send("PATCH", IN_CITE, "{\"ports\":[3000]}", Map.of()).expect(200);
      assertThat(cite.get(IN_CITE).json().path("portsFrom").isNull()).isTrue();
    }
  }

  private static Map<String, String> dockerfile(String text) {
    return Map.of("Dockerfile", "FROM scratch\nEXPOSE 8080\n", "text", text);
  }

  private static String text(JsonClient cite, String path, String field) {
    return cite.get(path).json().path(field).asString();
  }

  private static void awaitLive(JsonClient cite, long seq) {
    await().atMost(SOON).until(() -> cite.get(ENVIRONMENT).json().at("/live/seq").asLong() == seq);
  }

  private static List<Integer> ports(JsonClient kubernetes) {
    JsonNode ports = kubernetes.get(IN_CLUSTER).expect(200).json().at("/spec/ports");
    return StreamSupport.stream(ports.spliterator(), false)
        .map(port -> port.path("port").asInt())
        .toList();
  }

  private static int containerPort(JsonClient kubernetes, int rollout) {
    return kubernetes
        .get("/api/v1/namespaces/acme/replicationcontrollers/moved-main-" + rollout)
        .expect(200)
        .json()
        .at("/spec/template/spec/containers/0/ports/0/containerPort")
        .asInt();
  }
}

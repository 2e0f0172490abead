package io.cite.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.adapters.k8s.KubernetesClients;
import io.cite.adapters.k8s.KubernetesCluster;
import io.cite.adapters.k8s.KubernetesSettings;
import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.server.adapter.jdbi.Database;
import io.cite.server.adapter.jdbi.Databases;
import io.cite.server.adapter.jdbi.JdbcSettings;
import io.cite.server.adapter.jdbi.JdbiMetadataStore;
import io.cite.server.config.Samples;
import io.cite.server.sandbox.kubernetes.SandboxKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command on the embedded store and a Kubernetes API, as a person runs it. */
class DoctorCommandTest {
  private static final String HOST = "127.0.0.1";
  private static final EnvironmentId STRANGER = EnvironmentId.parse("acme/stranger/main");

  @TempDir private Path directory = Path.of(".");
  private SandboxKubernetes kubernetes = SandboxKubernetes.start(HOST, 0);
  private final StringWriter printed = new StringWriter();
  private Path config = Path.of("cite.yaml");

  @BeforeEach
  void configure() throws IOException {
    config = directory.resolve("cite.yaml");
    Files.writeString(
        config,
        Samples.LEAST
            + """
            kubernetes:
              api: %s
            store:
              type: embedded
              embedded:
                file: %s
            audit:
              jdbcUrl: jdbc:sqlite:%s.db
            """
                .formatted(
                    kubernetes.url(), directory.resolve("cite"), directory.resolve("audit")));
  }

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  private int doctor(String... options) {
    printed.getBuffer().setLength(0);
    String[] arguments =
        Stream.concat(Stream.of("--config", config.toString()), Stream.of(options))
            .toArray(String[]::new);
    return new CommandLine(new DoctorCommand(Map.of()))
        .setOut(new PrintWriter(printed, true))
        .execute(arguments);
  }

  private List<JsonNode> findings(int status, String... options) {
    String[] all = Stream.concat(Stream.of("--json"), Stream.of(options)).toArray(String[]::new);
    assertThat(doctor(all)).as(printed::toString).isEqualTo(status);
    return JsonMapper.shared().readTree(printed.toString()).path("findings").valueStream().toList();
  }

  private void putAside(String id) {
    SourceEvent content = new SourceEvent.Pinged(RepositoryName.parse("acme/hello"), new HookId(7));
    Delivery delivery =
        new Delivery(
            new DeliveryId(id),
            "ping",
            "0",
            content,
            Instant.now(),
            Disposition.quarantined("after 5 attempts: a defect"),
            5);
    try (Database database = Databases.openStore(JdbcSettings.sqlite(directory.resolve("cite")))) {
      new Records(new JdbiMetadataStore(database))
          .write()
          .create(Keys.delivery(new DeliveryId(id)), delivery)
          .commit();
    }
  }

  private void makeAStranger() {
    try (KubernetesClient client =
            KubernetesClients.connectTo(kubernetes.url(), Duration.ofSeconds(10));
        KubernetesCluster cluster = new KubernetesCluster(client, KubernetesSettings.defaults())) {
      cluster.namespaces().ensure(STRANGER.namespace(), "acme", false);
      cluster.traffic().ensureService(STRANGER, new ContainerPorts(List.of(80)));
    }
  }

  @Test
  void endsWithZeroWhereNothingIsWrong() {
    assertThat(doctor()).isZero();
    assertThat(printed.toString()).startsWith("Nothing is wrong.");
    assertThat(findings(0)).isEmpty();
  }

  @Test
  void reportsWhatIsWrongAndRepairsItOnlyOnRequest() {
    putAside("guid-1");

    assertThat(doctor()).isEqualTo(1);
    assertThat(printed.toString())
        .contains("delivery-quarantined", "delivery guid-1", "--fix would process it again");
    assertThat(findings(0, "--fix"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.path("outcome").asString()).isEqualTo("repaired"));
    assertThat(findings(0)).isEmpty();
  }

  @Test
  void leavesItsEntriesToTheLeaderWhereAServerHasTheTrailOpen() {
    putAside("guid-1");

    try (Database held =
        Databases.openAudit(
            new JdbcSettings(
                "jdbc:sqlite:" + directory.resolve("audit.db"),
                Optional.empty(),
                Duration.ofSeconds(3)))) {
      assertThat(findings(0, "--fix"))
          .singleElement()
          .satisfies(
              finding -> assertThat(finding.path("outcome").asString()).isEqualTo("repaired"));
    }

    try (Database database = Databases.openStore(JdbcSettings.sqlite(directory.resolve("cite")))) {
      assertThat(new Records(new JdbiMetadataStore(database)).list(Keys.OUTBOX))
          .singleElement()
          .extracting(message -> message.value().audit())
          .satisfies(
              entry -> {
                assertThat(entry).isNotNull();
                assertThat(entry.action()).isEqualTo(AuditAction.REPAIR);
                assertThat(entry.actor()).isEqualTo("doctor");
              });
    }
  }

  @Test
  void saysWhatOnlyAPersonCanRemove() {
    makeAStranger();

    assertThat(findings(1, "--fix"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path("kind").asString()).isEqualTo("orphan-service");
              assertThat(finding.path("target").asString()).isEqualTo("acme/stranger-main");
              assertThat(finding.path("outcome").asString()).isEqualTo("left");
              assertThat(finding.path("text").asString()).contains("kubectl -n acme delete");
            });
    assertThat(findings(1)).hasSize(1);
  }
}

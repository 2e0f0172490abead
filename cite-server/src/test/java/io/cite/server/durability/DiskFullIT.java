package io.cite.server.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.JsonClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk of a running server is full for a while: writes are refused and say why, reads go on,
 * readiness tells, and everything works again without a restart once there is space.
 */
class DiskFullIT {
  private static final int DISK_MEGABYTES = 16;
  private static final int MOST_DELIVERIES = 20_000;
  private static final int REFUSALS = 50;
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:sqlite:%s/audit.db", "jdbc:h2:file:%s/audit"})
  void refusesWritesWhileTheDiskIsFullAndGoesOnWhenThereIsSpace(String audit) throws Exception {
    Ledger ledger = new Ledger();
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("data"), DISK_MEGABYTES);
        EmbeddedServer server = new EmbeddedServer(folder, disk.folder())) {
      server.with("audit.jdbcUrl", audit.formatted(disk.folder()));
      JsonClient cite = server.cite();
      server.seed();
      server.startReady("disk-full");
      String first = server.createService();

      disk.fill();
      Answer refused = deliverUntilRefused(server, ledger);
      assertDiskFull(refused);
      for (int i = 0; i < REFUSALS; i++) {
        assertDiskFull(deliver(server, "refused-" + i));
      }
      assertThat(cite.post(EmbeddedServer.ENVIRONMENT + "/deployments", Map.of("commit", first)))
          .as("an order while the disk is full")
          .satisfies(DiskFullIT::assertDiskFull);
      assertThat(
              cite.get(EmbeddedServer.ENVIRONMENT).expect(200).json().at("/live/commit").asString())
          .isEqualTo(first);
      ledger.compareAll(cite, "while the disk is full");
      assertThat(cite.get("/healthz").status()).isEqualTo(200);
      Answer readiness = cite.get("/readyz").expect(503);
      assertThat(readiness.json().at("/systems/store").asString()).isEqualTo("down");

      disk.free();
      await("readiness").atMost(SOON).until(() -> server.answers("/readyz"));
      assertThat(deliver(server, "after").status()).isEqualTo(202);
      ledger.delivered("after");
      server.awaitLive(server.push("second"));
      ledger.compareAll(cite, "when there is space again");

      server.kill();
      server.startReady("disk-full");
      ledger.compareAll(cite, "after a kill");
    }
  }

  private static void assertDiskFull(Answer answer) {
    answer.expect(503);
    assertThat(answer.text("code")).isEqualTo("store-unavailable");
    assertThat(answer.text("detail")).contains("the disk is full");
  }

  private static Answer deliverUntilRefused(EmbeddedServer server, Ledger ledger) {
    for (int i = 0; i < MOST_DELIVERIES; i++) {
      Answer answer = deliver(server, "full-" + i);
      if (answer.status() != 202) {
        return answer;
      }
      ledger.delivered("full-" + i);
    }
    throw new AssertionError("the disk never was full");
  }

  private static Answer deliver(EmbeddedServer server, String id) {
    String text = "x".repeat(200);
    return server
        .cite()
        .deliver(
            "ping", id, "{\"hook_id\":1,\"zen\":\"" + text + "\"}", EmbeddedServer.WEBHOOK_SECRET);
  }
}

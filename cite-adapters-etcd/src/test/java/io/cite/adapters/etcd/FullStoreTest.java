package io.cite.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.maintenance.AlarmMember;
import io.etcd.jetcd.options.CompactOption;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd of its own whose space is used up. */
class FullStoreTest {
  private static final int QUOTA = 4 << 20;
  private static final String BIG = "x".repeat(100_000);

  private final List<AutoCloseable> open = new ArrayList<>();
  private URI etcd = URI.create("http://127.0.0.1");

  @BeforeEach
  void startAnEtcdWithLittleSpace(@TempDir Path folder) throws Exception {
    etcd = URI.create("http://127.0.0.1:" + freePort());
    String peers = "http://127.0.0.1:" + freePort();
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "etcd",
                  "--data-dir=" + folder.resolve("etcd"),
                  "--listen-client-urls=" + etcd,
                  "--advertise-client-urls=" + etcd,
                  "--listen-peer-urls=" + peers,
                  "--initial-advertise-peer-urls=" + peers,
                  "--initial-cluster=default=" + peers,
                  "--quota-backend-bytes=" + QUOTA)
              .redirectErrorStream(true)
              .redirectOutput(new File(folder.toFile(), "log"))
              .start();
    } catch (IOException e) {
      Servers.missing("There is no program etcd: " + e.getMessage());
      return;
    }
    open.add(
        () -> {
          process.destroyForcibly();
          process.waitFor(10, TimeUnit.SECONDS);
        });
  }

  @AfterEach
  void end() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void saysThatItHasNoSpaceAndWorksAgainOnceItHas() throws Exception {
    EtcdConnection connection =
        new EtcdConnection(EtcdSettings.of(List.of(etcd)).withCallTimeout(Duration.ofSeconds(5)));
    open.add(connection);
    EtcdMetadataStore store = new EtcdMetadataStore(connection);
    Stores stores = new Stores(store);
    await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> isAvailable(stores));

    assertThatThrownBy(() -> fill(store))
        .isInstanceOf(Upstream.class)
        .hasMessageContaining("etcd has used up its space")
        .hasMessageContaining("--quota-backend-bytes");
    assertThat(store.get("/cite/.test/big")).isPresent();
    assertThatThrownBy(stores::requireAvailable)
        .isInstanceOfSatisfying(Upstream.class, full -> assertThat(full.isRetryable()).isTrue())
        .hasMessageContaining("etcd has used up its space");
    store.commit(new Transaction(List.of(), List.of(new Change.Delete("/cite/.test/big"))));

    try (Client client = Client.builder().endpoints(etcd).build()) {
      long revision = client.getKVClient().get(bytes("/")).get().getHeader().getRevision();
      client
          .getKVClient()
          .compact(revision, CompactOption.builder().withCompactPhysical(true).build())
          .get();
      client.getMaintenanceClient().defragmentMember(etcd.toString()).get();
      for (AlarmMember alarm : client.getMaintenanceClient().listAlarms().get().getAlarms()) {
        client.getMaintenanceClient().alarmDisarm(alarm).get();
      }
    }
    stores.requireAvailable();
    store.commit(new Transaction(List.of(), List.of(new Change.Put("/cite/.test/big", Map.of()))));
    assertThat(store.get("/cite/.test/big")).isPresent();
  }

  private static boolean isAvailable(Stores stores) {
    stores.requireAvailable();
    return true;
  }

  private static void fill(EtcdMetadataStore store) {
    for (int i = 0; i < 10 * QUOTA / BIG.length(); i++) {
      store.commit(
          new Transaction(
              List.of(), List.of(new Change.Put("/cite/.test/big", Map.of("n", i, "text", BIG)))));
    }
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

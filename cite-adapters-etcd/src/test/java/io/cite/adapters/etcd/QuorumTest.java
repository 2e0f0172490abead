package io.cite.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three members behind proxies, so that a test can lose some of them. */
class QuorumTest {
  private static final String VARIABLE = "RIG_ETCD3_ENDPOINTS";
  private final String key = "/cite/.test/" + UUID.randomUUID();
  private List<URI> members = List.of();

  @BeforeEach
  void findMembers() {
    members = TestEtcd.endpoints(Servers.require(VARIABLE));
    for (URI member : members) {
      if (!answers(member)) {
        Servers.missing("The etcd member " + member + " does not answer");
      }
    }
  }

  @Test
  void worksOnWhenOneMemberIsLost() throws Exception {
    List<CuttingProxy> proxies = new ArrayList<>();
    List<URI> addresses = new ArrayList<>();
    for (URI member : members) {
      CuttingProxy proxy = new CuttingProxy(member);
      proxies.add(proxy);
      addresses.add(proxy.address());
    }
    try (EtcdConnection connection = new EtcdConnection(EtcdSettings.of(addresses))) {
      EtcdMetadataStore store = new EtcdMetadataStore(connection);
      store.check();
      proxies.get(1).cut();

      long revision = 0;
      int unanswered = 0;
      for (int i = 0; i < 50; i++) {
        Condition condition =
            revision == 0 ? new Condition.Absent(key) : new Condition.Unchanged(key, revision);
        try {
          Commit commit =
              store.commit(
                  new Transaction(
                      List.of(condition), List.of(new Change.Put(key, Map.of("n", i)))));
          revision = ((Commit.Committed) commit).revision();
        } catch (Upstream cut) {
          // the one that was under way on the connection that was cut, and nobody knows its outcome
          assertThat(cut.isRetryable()).isTrue();
          unanswered++;
          revision = store.get(key).map(Entry::revision).orElse(0L);
          i--;
        }
      }
      assertThat(unanswered).isLessThanOrEqualTo(1);
      assertThat(store.get(key).orElseThrow().document()).containsEntry("n", 49L);
      store.commit(new Transaction(List.of(), List.of(new Change.Delete(key))));
    } finally {
      for (CuttingProxy proxy : proxies) {
        proxy.close();
      }
    }
  }

  /** A member that is alone may not answer from what it remembers, not even "nothing is there". */
  @Test
  void answersNothingWhenTheQuorumIsLost() throws Exception {
    String rig = Servers.require("CITE_RIG");
    EtcdSettings settings =
        EtcdSettings.of(members.subList(0, 1)).withCallTimeout(Duration.ofSeconds(2));
    Transaction condition = new Transaction(List.of(new Condition.Absent(key)), List.<Change>of());
    try (EtcdConnection connection = new EtcdConnection(settings)) {
      EtcdMetadataStore store = new EtcdMetadataStore(connection);
      assertThat(store.commit(condition)).isInstanceOf(Commit.Committed.class);
      try {
        assertThat(succeeds(rig, "kill", "etcd3", "2")).isTrue();
        assertThat(succeeds(rig, "kill", "etcd3", "3")).isTrue();
        assertThatThrownBy(() -> store.get(key)).isInstanceOf(Upstream.class);
        assertThatThrownBy(() -> store.commit(condition)).isInstanceOf(Upstream.class);
      } finally {
        // a member that takes longer to start than the command waits for is there the next time
        await().atMost(4, TimeUnit.MINUTES).until(() -> succeeds(rig, "up", "etcd3"));
      }
      await()
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(store.commit(condition)).isInstanceOf(Commit.Committed.class));
    }
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
  }

  private static boolean answers(URI member) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(member.getHost(), member.getPort()), 1000);
      return true;
    } catch (IOException absent) {
      return false;
    }
  }
}

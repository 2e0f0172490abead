package io.cite.adapters.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store behind a proxy that loses what the test wants to be lost. */
class LostAnswerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(6);

  private TestEtcd etcd;
  private CuttingProxy proxy;
  private EtcdConnection connection;
  private MetadataStore store;

  @BeforeEach
  void connect() throws Exception {
    etcd = new TestEtcd();
    URI server = TestEtcd.settings().endpoints().get(0);
    proxy = new CuttingProxy(server);
    connection =
        new EtcdConnection(EtcdSettings.of(List.of(proxy.address())).withCallTimeout(TIMEOUT));
    store = new EtcdMetadataStore(connection);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(Upstream.class)
        .until(() -> store.get(key("a")).isEmpty());
  }

  @AfterEach
  void close() throws Exception {
    if (etcd != null) {
      connection.close();
      proxy.close();
      etcd.close();
    }
  }

  @Test
  void tellsThatATransactionWasCommittedWhoseAnswerWasLost() throws Exception {
    long before = put("a", 1);
    proxy.swallowAnswers();

    CompletableFuture<Commit> outcome =
        commit(List.of(new Condition.Unchanged(key("a"), before)), put("a"), put("b"));
    awaitRevisionAfter(before, "a");
    proxy.heal();

    long revision = ((Commit.Committed) outcome.get(20, TimeUnit.SECONDS)).revision();
    assertThat(etcd.store().get(key("a")).orElseThrow().revision()).isEqualTo(revision);
    assertThat(etcd.store().get(key("b")).orElseThrow().revision()).isEqualTo(revision);
  }

  @Test
  void tellsThatATransactionWasCommittedThoughItsDocumentWasWrittenAgain() throws Exception {
    long before = put("a", 1);
    proxy.swallowAnswers();

    CompletableFuture<Commit> outcome =
        commit(List.of(new Condition.Unchanged(key("a"), before)), put("a"));
    long committed = awaitRevisionAfter(before, "a");
    etcd.store().commit(new Transaction(List.of(), List.of(put("a"))));
    etcd.store().commit(new Transaction(List.of(), List.of(put("a"))));
    proxy.heal();

    assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(new Commit.Committed(committed));
  }

  @Test
  void tellsThatATransactionWasRefusedWhoseAnswerWasLost() throws Exception {
    long before = put("a", 1);
    long other =
        ((Commit.Committed) etcd.store().commit(new Transaction(List.of(), List.of(put("a")))))
            .revision();
    proxy.swallowAnswers();

    CompletableFuture<Commit> outcome =
        commit(List.of(new Condition.Unchanged(key("a"), before)), put("a"));
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> !outcome.isDone());
    proxy.heal();

    assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(new Commit.Refused());
    assertThat(etcd.store().get(key("a")).orElseThrow().revision()).isEqualTo(other);
  }

  @Test
  void isUnavailableWhereATransactionMayStillBeCommitted() throws Exception {
    long before = put("a", 1);
    proxy.swallowRequests();

    CompletableFuture<Commit> outcome =
        commit(List.of(new Condition.Unchanged(key("a"), before)), put("a"));
    Awaitility.await().during(Duration.ofMillis(300)).until(() -> !outcome.isDone());
    proxy.heal();

    assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            Upstream.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    assertThat(etcd.store().get(key("a")).orElseThrow().revision()).isEqualTo(before);
  }

  @Test
  void isUnavailableWhereADeletionHasNoAnswer() throws Exception {
    put("a", 1);
    proxy.swallowAnswers();

    CompletableFuture<Commit> outcome = commit(List.of(), new Change.Delete(key("a")));
    Awaitility.await().until(() -> etcd.store().get(key("a")).isEmpty());
    proxy.heal();

    assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(Upstream.class);
  }

  @Test
  void isUnavailableWithinTheTimeoutAndComesBackByItself() {
    put("a", 1);
    proxy.swallowAnswers();
    assertThatThrownBy(() -> store.get(key("a")))
        .isInstanceOf(Upstream.class)
        .hasRootCauseInstanceOf(TimeoutException.class);

    proxy.cut();
    assertThatThrownBy(() -> put("a", 2)).isInstanceOf(Upstream.class);
    proxy.heal();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(Upstream.class)
        .until(() -> store.get(key("a")).isPresent());
  }

  @Test
  void watchesAgainAfterAnInterruption() {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    try (Subscription watching = store.watch(etcd.prefix(), changed -> events.add(changed.key()))) {
      Awaitility.await().until(() -> !events.isEmpty());
      events.clear();
      proxy.cut();
      etcd.store().commit(new Transaction(List.of(), List.of(put("unseen"))));
      proxy.heal();

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> events.contains(etcd.prefix()) || events.contains(key("unseen")));
      events.clear();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                etcd.store().commit(new Transaction(List.of(), List.of(put("seen"))));
                return events.contains(key("seen"));
              });
    }
  }

  @Test
  void losesTheLeadershipInAnOutageAndTakesItUpAgain() {
    Duration ttl = Duration.ofSeconds(3);
    EtcdSettings settings =
        EtcdSettings.of(List.of(proxy.address())).withCallTimeout(TIMEOUT).withLeaseTtl(ttl);
    Queue<String> notified = new ConcurrentLinkedQueue<>();
    try (EtcdConnection own = new EtcdConnection(settings);
        EtcdLeadership leadership = new EtcdLeadership(own, "cut off", etcd.leaderKey())) {
      leadership.campaign(new Remembering(notified));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> notified.size() == 1);

      proxy.swallowAnswers();
      Awaitility.await().atMost(ttl.plusSeconds(7)).until(() -> notified.size() == 2);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> etcd.store().get(etcd.leaderKey()).isEmpty());

      proxy.heal();
      Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> notified.size() == 3);
      assertThat(notified).containsExactly("elected", "deposed", "elected");
    }
  }

  private record Remembering(Queue<String> notified)
      implements io.cite.core.port.Leadership.Listener {
    @Override
    public void elected(io.cite.core.port.Leadership.Term term) {
      notified.add("elected");
    }

    @Override
    public void deposed() {
      notified.add("deposed");
    }
  }

  private long put(String name, int n) {
    Commit commit =
        store.commit(
            new Transaction(List.of(), List.of(new Change.Put(key(name), Map.of("n", n)))));
    return ((Commit.Committed) commit).revision();
  }

  private Change put(String name) {
    return new Change.Put(key(name), Map.of("text", "x"));
  }

  private CompletableFuture<Commit> commit(List<Condition> conditions, Change... changes) {
    return CompletableFuture.supplyAsync(
        () -> store.commit(new Transaction(conditions, List.of(changes))));
  }

  private long awaitRevisionAfter(long revision, String name) {
    return Awaitility.await()
        .until(
            () -> etcd.store().get(key(name)).map(Entry::revision).orElse(0L), r -> r > revision);
  }

  private String key(String name) {
    return etcd.prefix() + name;
  }
}

package io.cite.adapters.etcd;

import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records in etcd, under their own keys, as JSON. Revisions are etcd's. Reads are linearizable and
 * are repeated once where a member could not be reached; transactions are never repeated ({@link
 * EtcdTransactions}). Every call ends within the time-out of the settings. Thread-safe.
 *
 * <p>Source: <a href="https://etcd.io/docs/v3.4/learning/api/">etcd API</a>.
 */
public final class EtcdMetadataStore implements MetadataStore {
  private static final int PAGE = 500;

  private final EtcdConnection connection;
  private final EtcdCalls calls;
  private final EtcdTransactions transactions;

  /** A store on a connection, which it does not close. */
  public EtcdMetadataStore(EtcdConnection connection) {
    this.connection = connection;
    this.calls = new EtcdCalls(connection);
    this.transactions = new EtcdTransactions(calls, connection.settings().callTimeout());
  }

  @Override
  public Optional<Entry> get(String key) {
    GetResponse answer =
        calls.call(
            "read " + key,
            timeout(),
            client -> client.getKVClient().get(EtcdConnection.bytes(key)));
    transactions.saw(answer.getHeader().getRevision());
    return answer.getKvs().stream().findFirst().map(EtcdMetadataStore::entry);
  }

  @Override
  public List<Entry> list(String prefix) {
    List<Entry> all = new ArrayList<>();
    GetResponse page = range(prefix, null, PAGE, 0);
    long revision = page.getHeader().getRevision();
    add(all, page);
    while (page.isMore()) {
      page = range(prefix, all.get(all.size() - 1).key(), PAGE, revision);
      add(all, page);
    }
    return List.copyOf(all);
  }

  @Override
  public List<Entry> list(String prefix, @Nullable String after, int limit) {
    boolean behind = after != null && after.compareTo(prefix) > 0 && !after.startsWith(prefix);
    if (behind || limit < 1) {
      return List.of();
    }
    List<Entry> page = new ArrayList<>();
    add(page, range(prefix, after, limit, 0));
    return List.copyOf(page);
  }

  @Override
  public Commit commit(Transaction transaction) {
    return transactions.commit(transaction);
  }

  /**
   * Hints with the prefix itself whenever the watch begins, at first and after an interruption:
   * what happened before may have gone by unseen.
   */
  @Override
  public Subscription watch(String prefix, Consumer<String> changedKey) {
    return EtcdWatch.start(connection, KeyRange.of(prefix, null), prefix, changedKey);
  }

  /** Whether etcd answers; throws where it does not. */
  public void check() {
    get("/cite/.check");
  }

  private GetResponse range(String prefix, @Nullable String after, int limit, long revision) {
    KeyRange range = KeyRange.of(prefix, after);
    GetOption option =
        GetOption.builder().withRange(range.to()).withLimit(limit).withRevision(revision).build();
    GetResponse answer =
        calls.call(
            "list " + prefix, timeout(), client -> client.getKVClient().get(range.from(), option));
    transactions.saw(answer.getHeader().getRevision());
    return answer;
  }

  private Duration timeout() {
    return connection.settings().callTimeout();
  }

  private static void add(List<Entry> entries, GetResponse page) {
    page.getKvs().forEach(pair -> entries.add(entry(pair)));
  }

  private static Entry entry(KeyValue pair) {
    String key = text(pair.getKey());
    return new Entry(
        key,
        JsonDocuments.decode(key, pair.getValue()).document(),
        pair.getCreateRevision(),
        pair.getModRevision());
  }

  static String text(ByteSequence bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

package io.cite.adapters.etcd;

import io.cite.adapters.etcd.ListCache.Known;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records in etcd, under their own keys, as JSON. Revisions are etcd's. Reads are linearizable and
 * are repeated once if a member could not be reached; transactions are never repeated ({@link
 * EtcdTransactions}). A list that was read before is completed with what was written since ({@link
 * ListCache}). Every call ends within the timeout of the settings. Thread-safe.
 *
 * <p>Source: <a href="https://etcd.io/docs/v3.4/learning/api/">etcd API</a>.
 */
public final class EtcdMetadataStore implements MetadataStore {
  private static final int PAGE = 500;

  private final EtcdConnection connection;
  private final EtcdCalls calls;
  private final EtcdTransactions transactions;
  private final ListCache lists = new ListCache();

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
    Known list = lists.of(prefix).flatMap(known -> later(prefix, known)).orElse(null);
    if (list == null) {
      list = whole(prefix);
    }
    lists.remember(prefix, list);
    return list.entries();
  }

  /**
   * The list as it is now, from what was written since it was last read. The answer counts all keys
   * of the range, not only those of the filter.
   */
  private Optional<Known> later(String prefix, Known known) {
    GetResponse answer = range(prefix, null, PAGE, o -> o.withMinModRevision(known.revision() + 1));
    return answer.isMore()
        ? Optional.empty()
        : known.later(
            answer.getHeader().getClusterId(),
            answer.getHeader().getRevision(),
            entries(answer),
            answer.getCount());
  }

  private Known whole(String prefix) {
    GetResponse page = range(prefix, null, PAGE, o -> o);
    long cluster = page.getHeader().getClusterId();
    long revision = page.getHeader().getRevision();
    List<Entry> all = new ArrayList<>(entries(page));
    while (page.isMore()) {
      page = range(prefix, all.get(all.size() - 1).key(), PAGE, o -> o.withRevision(revision));
      all.addAll(entries(page));
    }
    return new Known(cluster, revision, List.copyOf(all));
  }

  @Override
  public List<Entry> list(String prefix, @Nullable String after, int limit) {
    boolean behind = after != null && after.compareTo(prefix) > 0 && !after.startsWith(prefix);
    if (behind || limit < 1) {
      return List.of();
    }
    return entries(range(prefix, after, limit, o -> o));
  }

  @Override
  public Commit commit(Transaction transaction) {
    return transactions.commit(transaction);
  }

  /**
   * Calls back with the prefix itself whenever the watch begins, at first and after an
   * interruption: what happened before may have gone by unseen.
   */
  @Override
  public Subscription watch(String prefix, Consumer<Changed> listener) {
    return EtcdWatch.start(connection, KeyRange.of(prefix, null), prefix, listener);
  }

  /** Whether etcd answers; throws if it does not. */
  public void check() {
    get("/cite/.check");
  }

  private GetResponse range(
      String prefix, @Nullable String after, int limit, UnaryOperator<GetOption.Builder> more) {
    KeyRange range = KeyRange.of(prefix, after);
    GetOption option =
        more.apply(GetOption.builder().withRange(range.to()).withLimit(limit)).build();
    GetResponse answer =
        calls.call(
            "list " + prefix, timeout(), client -> client.getKVClient().get(range.from(), option));
    transactions.saw(answer.getHeader().getRevision());
    return answer;
  }

  private Duration timeout() {
    return connection.settings().callTimeout();
  }

  private static List<Entry> entries(GetResponse page) {
    return page.getKvs().stream().map(EtcdMetadataStore::entry).toList();
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

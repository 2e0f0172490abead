package io.cite.core.memory;

import io.cite.core.port.Documents;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Documents in a sorted map. Thread-safe and without threads of its own: watchers are called by the
 * thread that commits, after the commit and outside of any lock, in the order in which they came.
 */
public final class InMemoryMetadataStore implements MetadataStore {
  private static final System.Logger LOG = System.getLogger(InMemoryMetadataStore.class.getName());

  private final NavigableMap<String, Entry> entries = new TreeMap<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private long revision;

  @Override
  public Optional<Entry> get(String key) {
    synchronized (entries) {
      return Optional.ofNullable(entries.get(key));
    }
  }

  @Override
  public List<Entry> list(String prefix) {
    return list(prefix, null, Integer.MAX_VALUE);
  }

  @Override
  public List<Entry> list(String prefix, @Nullable String after, int limit) {
    boolean fromPrefix = after == null || after.compareTo(prefix) < 0;
    String from = after == null || fromPrefix ? prefix : after;
    List<Entry> page = new ArrayList<>();
    synchronized (entries) {
      for (Entry entry : entries.tailMap(from, fromPrefix).values()) {
        if (page.size() >= limit || !entry.key().startsWith(prefix)) {
          break;
        }
        page.add(entry);
      }
    }
    return List.copyOf(page);
  }

  @Override
  public Commit commit(Transaction transaction) {
    Map<String, Map<String, Object>> documents = new TreeMap<>();
    for (Change change : transaction.changes()) {
      if (change instanceof Change.Put put) {
        documents.put(put.key(), Documents.copyOf(put.document()));
      }
    }
    long written;
    synchronized (entries) {
      for (Condition condition : transaction.conditions()) {
        if (!holds(condition)) {
          return new Commit.Refused();
        }
      }
      written = ++revision;
      for (Change change : transaction.changes()) {
        if (change instanceof Change.Delete) {
          entries.remove(change.key());
        }
      }
      documents.forEach((key, document) -> put(key, document, written));
    }
    tell(transaction, written);
    return new Commit.Committed(written);
  }

  @Override
  public Subscription watch(String prefix, Consumer<Changed> listener) {
    Watcher watcher = new Watcher(prefix, listener);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  private boolean holds(Condition condition) {
    Entry entry = entries.get(condition.key());
    if (condition instanceof Condition.Unchanged unchanged) {
      return entry != null && entry.revision() == unchanged.revision();
    }
    if (condition instanceof Condition.CreatedAt createdAt) {
      return entry != null && entry.createRevision() == createdAt.createRevision();
    }
    return entry == null;
  }

  private void put(String key, Map<String, Object> document, long written) {
    Entry before = entries.get(key);
    long created = before == null ? written : before.createRevision();
    entries.put(key, new Entry(key, document, created, written));
  }

  private void tell(Transaction transaction, long written) {
    for (Watcher watcher : watchers) {
      for (Change change : transaction.changes()) {
        if (change.key().startsWith(watcher.prefix) && watchers.contains(watcher)) {
          tell(watcher, new Changed(change.key(), written, change instanceof Change.Delete));
        }
      }
    }
  }

  private static void tell(Watcher watcher, Changed changed) {
    try {
      watcher.listener.accept(changed);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "A watcher of " + changed.key() + " failed", failure);
    }
  }

  /** Compared by identity: two equal subscriptions are still two. */
  private static final class Watcher {
    private final String prefix;
    private final Consumer<Changed> listener;

    private Watcher(String prefix, Consumer<Changed> listener) {
      this.prefix = prefix;
      this.listener = listener;
    }
  }
}

package io.cite.server.adapter.jdbi;

import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Changed;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who watches changes in this process. One thread notifies them one after the other. */
final class Watchers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor telling =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          GroupCommit.daemon("cite-store-events"));

  Subscription add(String prefix, Consumer<Changed> listener) {
    Watcher watcher = new Watcher(prefix, listener);
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /** Tells of a committed transaction, soon. */
  void tell(Transaction transaction, long revision) {
    for (Watcher watcher : watchers) {
      for (Change change : transaction.changes()) {
        if (change.key().startsWith(watcher.prefix) && !telling.isShutdown()) {
          Changed changed = new Changed(change.key(), revision, change instanceof Change.Delete);
          telling.execute(() -> tell(watcher, changed));
        }
      }
    }
  }

  private void tell(Watcher watcher, Changed changed) {
    if (!watchers.contains(watcher)) {
      return;
    }
    try {
      watcher.listener.accept(changed);
    } catch (RuntimeException failure) {
      LOG.warn("A watcher of {} failed", changed.key(), failure);
    }
  }

  @Override
  public void close() {
    watchers.clear();
    telling.shutdown();
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

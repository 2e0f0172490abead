package io.cite.server.adapter.jdbi;

import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads at once and until it is closed: the embedded store is open in one process only, because its
 * file is locked. The fence is as real as etcd's, so that the leader's writes are the same.
 */
public final class SingleProcessLeadership implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(SingleProcessLeadership.class);
  private static final String KEY = "/cite/.leader";

  private final JdbiMetadataStore store;
  private final String name;
  private final ExecutorService telling =
      Executors.newSingleThreadExecutor(GroupCommit.daemon("cite-leadership-term"));
  private @Nullable Listener listener;
  private @Nullable Term term;
  private boolean closed;

  /** The leader of the process that has the store open. */
  public SingleProcessLeadership(JdbiMetadataStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /**
   * Begins the term before it returns.
   *
   * @throws io.cite.core.error.Upstream with {@code STORE_UNAVAILABLE} if the fence cannot be
   *     written
   */
  @Override
  public synchronized void campaign(Listener listener) {
    if (this.listener != null || closed) {
      throw new IllegalStateException("Process " + name + " takes part already or is closed");
    }
    store.commit(new Transaction(List.of(), List.of(new Change.Delete(KEY))));
    Commit commit =
        store.commit(
            new Transaction(
                List.of(new Condition.Absent(KEY)),
                List.of(new Change.Put(KEY, Map.of("leader", name)))));
    if (!(commit instanceof Commit.Committed committed)) {
      throw new IllegalStateException("Another process leads on the same embedded store.");
    }
    Term begun = new Term(name, new Condition.CreatedAt(KEY, committed.revision()));
    this.listener = listener;
    this.term = begun;
    LOG.info("The replica {} became the leader at revision {}.", name, committed.revision());
    telling.execute(() -> listener.elected(begun));
  }

  @Override
  public synchronized void close() {
    Listener notified = listener;
    Term ended = term;
    if (!closed && notified != null && ended != null) {
      LOG.info("The replica {} is no longer the leader.", name);
      telling.execute(notified::deposed);
      store.commit(new Transaction(List.of(ended.fence()), List.of(new Change.Delete(KEY))));
    }
    closed = true;
    telling.shutdown();
  }
}

package io.cite.server.adapter.jdbi;

import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Records in one table, for a CITE of one process. Transactions are written by one thread, many at
 * a time ({@link GroupCommit}); a transaction is on the disk before {@link #commit} returns.
 * Watchers are called by another thread of the store. Thread-safe.
 */
public final class JdbiMetadataStore implements MetadataStore, AutoCloseable {
  private final Database database;
  private final Watchers watchers = new Watchers();
  private final GroupCommit commits;

  /** A store on a database, which it does not close. */
  public JdbiMetadataStore(Database database) {
    this.database = database;
    this.commits = new GroupCommit(database, watchers::tell);
  }

  @Override
  public Optional<Entry> get(String key) {
    return database.read(
        "read " + key,
        handle ->
            handle
                .createQuery(
                    "SELECT " + DocumentRows.COLUMNS + " FROM document WHERE document_key = :key")
                .bind("key", key)
                .map(DocumentRows::entry)
                .findFirst());
  }

  @Override
  public List<Entry> list(String prefix) {
    return list(prefix, null, Integer.MAX_VALUE);
  }

  @Override
  public List<Entry> list(String prefix, @Nullable String after, int limit) {
    return database.read("list " + prefix, handle -> page(handle, prefix, after, limit));
  }

  @Override
  public Commit commit(Transaction transaction) {
    return commits.commit(transaction);
  }

  @Override
  public Subscription watch(String prefix, Consumer<Changed> listener) {
    return watchers.add(prefix, listener);
  }

  /** Whether the database answers; throws if it does not. */
  void check() {
    get("/cite/.check");
  }

  /** Ends after the transactions that it has taken. */
  @Override
  public void close() {
    commits.close();
    watchers.close();
  }

  private static List<Entry> page(Handle handle, String prefix, @Nullable String after, int limit) {
    String from = after == null ? "" : after;
    return handle
        .createQuery(
            "SELECT "
                + DocumentRows.COLUMNS
                + " FROM document WHERE document_key >= :prefix AND document_key < :end"
                + " AND document_key > :after ORDER BY document_key LIMIT :limit")
        .bind("prefix", prefix)
        .bind("end", prefix + Character.MAX_VALUE)
        .bind("after", from)
        .bind("limit", limit)
        .map(DocumentRows::entry)
        .list();
  }
}

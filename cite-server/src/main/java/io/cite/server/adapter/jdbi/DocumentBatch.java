package io.cite.server.adapter.jdbi;

import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.server.adapter.jdbi.GroupCommit.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Several transactions within one of the database: the revisions of all keys they speak of are read
 * once, the transactions are played through in memory in their order, and what remains in the end
 * is written.
 */
final class DocumentBatch {
  private static final int KEYS_AT_ONCE = 200;

  private final Handle handle;
  private final String forUpdate;
  private final Map<String, Row> rows = new HashMap<>();
  private final Set<String> stored = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private long revision;

  DocumentBatch(Handle handle, String forUpdate) {
    this.handle = handle;
    this.forUpdate = forUpdate;
  }

  /** A document as it is or will be; without content if it was only read. */
  private record Row(long createRevision, long revision, @Nullable String content) {}

  /** The outcomes, in the order of the transactions. */
  List<Commit> write(List<Waiting> group) {
    long before = lock();
    revision = before;
    read(group);
    List<Commit> outcomes = new ArrayList<>(group.size());
    group.forEach(waiting -> outcomes.add(play(waiting)));
    if (revision > before) {
      writeChanges();
      handle
          .createUpdate("UPDATE store_revision SET revision = :revision WHERE id = 1")
          .bind("revision", revision)
          .execute();
    }
    return outcomes;
  }

  /** Whoever holds the row of the counter writes alone. */
  private long lock() {
    return handle
        .createQuery("SELECT revision FROM store_revision WHERE id = 1" + forUpdate)
        .mapTo(Long.class)
        .one();
  }

  private void read(List<Waiting> group) {
    Set<String> keys = new HashSet<>();
    for (Waiting waiting : group) {
      waiting.transaction().conditions().forEach(condition -> keys.add(condition.key()));
      waiting.transaction().changes().forEach(change -> keys.add(change.key()));
    }
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE));
      handle
          .createQuery(
              "SELECT document_key, create_revision, revision FROM document"
                  + " WHERE document_key IN (<keys>)")
          .bindList("keys", some)
          .map(
              (row, context) ->
                  Map.entry(row.getString(1), new Row(row.getLong(2), row.getLong(3), null)))
          .forEach(row -> rows.put(row.getKey(), row.getValue()));
    }
    stored.addAll(rows.keySet());
  }

  private Commit play(Waiting waiting) {
    Transaction transaction = waiting.transaction();
    if (!transaction.conditions().stream().allMatch(this::holds)) {
      return new Commit.Refused();
    }
    revision++;
    for (Change change : transaction.changes()) {
      changed.add(change.key());
      String content = waiting.contents().get(change.key());
      Row before = rows.get(change.key());
      if (content == null) {
        rows.remove(change.key());
      } else {
        long made = before == null ? revision : before.createRevision();
        rows.put(change.key(), new Row(made, revision, content));
      }
    }
    return new Commit.Committed(revision);
  }

  private boolean holds(Condition condition) {
    Row row = rows.get(condition.key());
    if (condition instanceof Condition.Unchanged unchanged) {
      return row != null && row.revision() == unchanged.revision();
    }
    if (condition instanceof Condition.CreatedAt createdAt) {
      return row != null && row.createRevision() == createdAt.createRevision();
    }
    return row == null;
  }

  private void writeChanges() {
    PreparedBatch insert =
        handle.prepareBatch(
            "INSERT INTO document (content, create_revision, revision, document_key)"
                + " VALUES (?, ?, ?, ?)");
    PreparedBatch update =
        handle.prepareBatch(
            "UPDATE document SET content = ?, create_revision = ?, revision = ?"
                + " WHERE document_key = ?");
    PreparedBatch delete = handle.prepareBatch("DELETE FROM document WHERE document_key = ?");
    for (String key : changed) {
      Row row = rows.get(key);
      if (row != null) {
        (stored.contains(key) ? update : insert)
            .add(row.content(), row.createRevision(), row.revision(), key);
      } else if (stored.contains(key)) {
        delete.add(key);
      }
    }
    for (PreparedBatch batch : List.of(delete, update, insert)) {
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }
}

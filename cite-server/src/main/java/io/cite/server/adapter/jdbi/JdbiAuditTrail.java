package io.cite.server.adapter.jdbi;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.port.AuditTrail;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail in a table that is only ever appended to. Each row holds the hash of its text and
 * of the hash before it; the newest number and hash are kept a second time, so that a cut-off end
 * shows as well. Thread-safe, also among several processes on one database.
 */
public final class JdbiAuditTrail implements AuditTrail {
  private static final int PAGE = 1000;

  private final Database database;

  /** A trail in a database, which it does not close. */
  public JdbiAuditTrail(Database database) {
    this.database = database;
  }

  @Override
  public void append(String id, AuditEntry entry) {
    database.write(
        "append to the audit trail",
        handle -> {
          Head head = head(handle, database.forUpdate());
          if (isThere(handle, id)) {
            return 0;
          }
          long sequence = head.sequence() + 1;
          String content = AuditText.of(sequence, entry);
          String hash = AuditText.hash(head.hash(), content);
          handle.execute(
              "INSERT INTO audit_entry (sequence_number, content, hash, entry_id)"
                  + " VALUES (?, ?, ?, ?)",
              sequence,
              content,
              hash,
              id);
          return handle.execute(
              "UPDATE audit_head SET sequence_number = ?, hash = ? WHERE id = 1", sequence, hash);
        });
  }

  private static boolean isThere(Handle handle, String id) {
    return handle
        .createQuery("SELECT 1 FROM audit_entry WHERE entry_id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Writes what is there already: the database takes it as it would take an entry. */
  @Override
  public void requireWritable() {
    database.write(
        "append to the audit trail",
        handle -> handle.execute("UPDATE audit_head SET hash = hash WHERE id = 1"));
  }

  @Override
  public List<Numbered> list(@Nullable Long before, int limit) {
    long below = before == null ? Long.MAX_VALUE : before;
    return database.read(
        "list the audit trail",
        handle ->
            handle
                .createQuery(
                    "SELECT sequence_number, content, hash FROM audit_entry"
                        + " WHERE sequence_number < :below"
                        + " ORDER BY sequence_number DESC LIMIT :limit")
                .bind("below", below)
                .bind("limit", Math.max(0, limit))
                .map((row, context) -> new Row(row.getLong(1), row.getString(2), row.getString(3)))
                .map(row -> new Numbered(row.sequence(), AuditText.entry(row.content())))
                .list());
  }

  /** Reads the whole trail; says where it is not what was written, or nothing if it is. */
  public Optional<String> verify() {
    return database.read("verify the audit trail", JdbiAuditTrail::verify);
  }

  private static Optional<String> verify(Handle handle) {
    Head head = head(handle, "");
    Head last = new Head(0, AuditText.FIRST_HASH);
    List<Row> page = after(handle, last.sequence());
    while (!page.isEmpty()) {
      for (Row row : page) {
        if (row.sequence() != last.sequence() + 1) {
          return Optional.of("Entry " + (last.sequence() + 1) + " is missing");
        }
        if (!row.hash().equals(AuditText.hash(last.hash(), row.content()))
            || !AuditText.isNumbered(row.sequence(), row.content())) {
          return Optional.of("Entry " + row.sequence() + " was changed or moved");
        }
        last = new Head(row.sequence(), row.hash());
        if (last.sequence() == head.sequence() && !last.equals(head)) {
          return Optional.of("Entry " + row.sequence() + " is not the last entry that was written");
        }
      }
      page = after(handle, last.sequence());
    }
    return last.sequence() < head.sequence()
        ? Optional.of("The entries after " + last.sequence() + " are missing")
        : Optional.empty();
  }

  private static Head head(Handle handle, String lock) {
    return handle
        .createQuery("SELECT sequence_number, hash FROM audit_head WHERE id = 1" + lock)
        .map((row, context) -> new Head(row.getLong(1), row.getString(2)))
        .one();
  }

  private static List<Row> after(Handle handle, long sequence) {
    return handle
        .createQuery(
            "SELECT sequence_number, content, hash FROM audit_entry"
                + " WHERE sequence_number > :sequence"
                + " ORDER BY sequence_number LIMIT :limit")
        .bind("sequence", sequence)
        .bind("limit", PAGE)
        .map((row, context) -> new Row(row.getLong(1), row.getString(2), row.getString(3)))
        .list();
  }

  private record Head(long sequence, String hash) {}

  private record Row(long sequence, String content, String hash) {}
}

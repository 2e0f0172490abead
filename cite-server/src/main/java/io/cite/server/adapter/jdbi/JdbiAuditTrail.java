package io.cite.server.adapter.jdbi;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.error.Upstream;
import io.cite.core.port.AuditTrail;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit trail in a table that is only ever appended to. Each row holds the hash of its text and
 * of the hash before it. The newest number and hash, the head, are kept a second time and signed,
 * so that a cut-off end and a chain that was written anew show as well. A head that this
 * installation did not sign is never signed by appending to it: {@link #append} fails until {@link
 * #signAgain}. Thread-safe, also among several processes on one database.
 */
public final class JdbiAuditTrail implements AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(JdbiAuditTrail.class);
  private static final int PAGE = 1000;
  private static final String APPEND = "append to the audit trail";

  private final Database database;
  private final AuditSignature signature;

  /** A trail in a database, which it does not close. */
  public JdbiAuditTrail(Database database, AuditSignature signature) {
    this.database = database;
    this.signature = signature;
  }

  @Override
  public void append(String id, AuditEntry entry) {
    database.write(
        APPEND,
        handle -> {
          AuditHead head = signedHead(handle);
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
          return write(handle, signature.sign(sequence, hash));
        });
  }

  /** The head, locked until the end of the transaction, if appending to it is safe. */
  private AuditHead signedHead(Handle handle) {
    AuditHead head = head(handle, database.forUpdate());
    if (head.signature() == null) {
      if (head.sequence() > 0) {
        LOG.warn("The audit trail is signed from now on. Its head without signature: {}", head);
      }
    } else if (!signature.isOf(head)) {
      throw Upstream.storeUnavailable(
          "audit database",
          APPEND,
          "its head "
              + head.signed()
              + " was not signed with security.key or one of security.previousKeys. Was the key"
              + " changed, or the database? \"audit sign\" accepts the trail as it is",
          null);
    }
    return head;
  }

  private static int write(Handle handle, AuditHead head) {
    return handle.execute(
        "UPDATE audit_head SET sequence_number = ?, hash = ?, signature = ? WHERE id = 1",
        head.sequence(),
        head.hash(),
        head.signature());
  }

  /**
   * Signs the head as it is, whoever wrote it.
   *
   * @return the head with its new signature
   */
  public AuditHead signAgain() {
    return database.write(
        "sign the audit trail",
        handle -> {
          AuditHead found = head(handle, database.forUpdate());
          AuditHead signed = signature.sign(found.sequence(), found.hash());
          write(handle, signed);
          return signed;
        });
  }

  /** The newest entry, to be kept outside. */
  public AuditHead head() {
    return database.read("read the head of the audit trail", handle -> head(handle, ""));
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
    database.write(APPEND, handle -> write(handle, signedHead(handle)));
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

  /**
   * Reads the whole trail.
   *
   * @param kept a head of this trail that was kept outside; null if there is none
   * @return where the trail is not what was written; empty if it is
   */
  public Optional<String> verify(@Nullable AuditHead kept) {
    if (kept != null && !signature.isOf(kept)) {
      return Optional.of("The given head was not signed with a key of this configuration");
    }
    return database.read("verify the audit trail", handle -> verify(handle, kept));
  }

  private Optional<String> verify(Handle handle, @Nullable AuditHead kept) {
    AuditHead head = head(handle, "");
    AuditHead last = AuditHead.EMPTY;
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
        last = new AuditHead(row.sequence(), row.hash(), null);
        if (last.sequence() == head.sequence() && !head.isAt(row.sequence(), row.hash())) {
          return Optional.of("Entry " + row.sequence() + " is not the last entry that was written");
        }
        if (kept != null
            && last.sequence() == kept.sequence()
            && !kept.isAt(row.sequence(), row.hash())) {
          return Optional.of("Entry " + row.sequence() + " is not the one of the given head");
        }
      }
      page = after(handle, last.sequence());
    }
    long expected = Math.max(head.sequence(), kept == null ? 0 : kept.sequence());
    if (last.sequence() < expected) {
      return Optional.of("The entries after " + last.sequence() + " are missing");
    }
    return head.signature() == null || signature.isOf(head)
        ? Optional.empty()
        : Optional.of("The head was not signed with a key of this configuration");
  }

  private static AuditHead head(Handle handle, String lock) {
    return handle
        .createQuery("SELECT sequence_number, hash, signature FROM audit_head WHERE id = 1" + lock)
        .map((row, context) -> new AuditHead(row.getLong(1), row.getString(2), row.getString(3)))
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

  private record Row(long sequence, String content, String hash) {}
}

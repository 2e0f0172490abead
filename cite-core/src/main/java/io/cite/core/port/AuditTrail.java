package io.cite.core.port;

import io.cite.core.domain.audit.AuditEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who did what. Entries are only ever appended, and each carries the hash of the one before, so
 * that a change, a gap or another order shows.
 */
public interface AuditTrail {

  /**
   * Appends an entry durably, once: if an entry with this id is in the trail, nothing happens.
   *
   * @param id at most 1,000 characters; chosen with the change that the entry tells of
   * @throws io.cite.core.error.Upstream with {@code STORE_UNAVAILABLE} if it could not be written,
   *     or nobody can tell: append it again
   */
  void append(String id, AuditEntry entry);

  /**
   * Requires that entries can be appended now. What would change something is refused when they
   * cannot.
   *
   * @throws io.cite.core.error.Upstream with {@code STORE_UNAVAILABLE} if they cannot
   */
  void requireWritable();

  /**
   * Entries, newest first.
   *
   * @param before only entries with a lower number; null from the newest
   * @param limit at most so many
   */
  List<Numbered> list(@Nullable Long before, int limit);

  /** An entry and its number, which increases by one. */
  record Numbered(long sequence, AuditEntry entry) {}
}

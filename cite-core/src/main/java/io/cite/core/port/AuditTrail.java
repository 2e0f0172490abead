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
   * Appends an entry durably.
   *
   * @throws io.cite.core.error.Upstream with {@code STORE_UNAVAILABLE} if it cannot be written:
   *     then what it speaks of must not be done
   */
  void append(AuditEntry entry);

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

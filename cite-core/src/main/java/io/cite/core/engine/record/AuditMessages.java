package io.cite.core.engine.record;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.engine.record.schema.OutboxMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Messages that take audit entries to the trail. */
final class AuditMessages {
  private AuditMessages() {}

  /**
   * A message whose id is ordered by time, the same for the same change, and no other's.
   *
   * @param basis the highest revision that the change requires
   */
  static OutboxMessage of(AuditEntry entry, long basis) {
    String content =
        String.join(
            "\n",
            Long.toString(basis),
            entry.actor(),
            entry.action().code(),
            entry.target(),
            entry.outcome().name(),
            entry.detail());
    UUID change = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    return OutboxMessage.audit("%013d-%s".formatted(entry.at().toEpochMilli(), change), entry);
  }
}

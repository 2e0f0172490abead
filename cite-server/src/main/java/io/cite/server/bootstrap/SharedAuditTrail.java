package io.cite.server.bootstrap;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.port.AuditTrail;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail for a command that may run beside a server. An embedded trail is opened by one
 * process only. Where another one has it open, an entry stays in the outbox, in the transaction of
 * the change that it tells of, and the leader appends it.
 */
final class SharedAuditTrail implements AuditTrail {
  private final Supplier<AuditTrail> trail;

  SharedAuditTrail(Supplier<AuditTrail> trail) {
    this.trail = trail;
  }

  @Override
  public void append(String id, AuditEntry entry) {
    trail.get().append(id, entry);
  }

  /** Entries are in the store with what they tell of, so nothing is lost if the trail is away. */
  @Override
  public void requireWritable() {}

  @Override
  public List<Numbered> list(@Nullable Long before, int limit) {
    return trail.get().list(before, limit);
  }
}

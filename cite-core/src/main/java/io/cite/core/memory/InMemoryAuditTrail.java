package io.cite.core.memory;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.port.AuditTrail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audit trail in a list; gone with the process. Thread-safe. */
public final class InMemoryAuditTrail implements AuditTrail {
  private final List<AuditEntry> entries = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  @Override
  public synchronized void append(String id, AuditEntry entry) {
    if (ids.add(id)) {
      entries.add(entry);
    }
  }

  @Override
  public void requireWritable() {
    // memory always is
  }

  @Override
  public synchronized List<Numbered> list(@Nullable Long before, int limit) {
    long newest = before == null ? entries.size() : Math.min(entries.size(), before - 1);
    List<Numbered> page = new ArrayList<>();
    for (long sequence = newest; sequence >= 1 && page.size() < limit; sequence--) {
      page.add(new Numbered(sequence, entries.get((int) sequence - 1)));
    }
    return List.copyOf(page);
  }
}

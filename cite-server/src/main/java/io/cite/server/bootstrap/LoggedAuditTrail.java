package io.cite.server.bootstrap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.port.AuditTrail;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line into the server's log for each entry of the audit trail: a service was created or
 * deleted, a deployment went live, failed or was rolled back, somebody was refused.
 */
final class LoggedAuditTrail implements AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedAuditTrail.class);

  private static final int MEMORY = 10_000;

  private final AuditTrail trail;

  /** Ids of entries that were logged: an entry may be appended again, without effect. */
  private final Cache<String, Boolean> said = Caffeine.newBuilder().maximumSize(MEMORY).build();

  LoggedAuditTrail(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void append(String id, AuditEntry entry) {
    trail.append(id, entry);
    if (said.asMap().putIfAbsent(id, Boolean.TRUE) == null) {
      LOG.info(
          "{} of {} by {}: {}{}",
          entry.action().code(),
          entry.target(),
          entry.actor(),
          entry.outcome().name().toLowerCase(Locale.ROOT),
          entry.detail().isEmpty() ? "" : ", " + entry.detail());
    }
  }

  @Override
  public void requireWritable() {
    trail.requireWritable();
  }

  @Override
  public List<Numbered> list(@Nullable Long before, int limit) {
    return trail.list(before, limit);
  }
}

package io.cite.core.engine.record.schema;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to another system, to be delivered at least once. It is written in the transaction of
 * the change that it tells of.
 *
 * @param id the same for the same change, so that no message is queued twice
 * @param notice a notice, or null
 * @param target who gets the notice; null if it is none
 * @param status a commit status, or null
 * @param audit an audit entry, or null
 * @param attempts how many attempts have failed
 * @param since when it was queued
 * @param next not before this time; null for at once
 */
public record OutboxMessage(
    String id,
    @Nullable Notice notice,
    NotificationTarget.@Nullable Sealed target,
    @Nullable StatusReport status,
    @Nullable AuditEntry audit,
    int attempts,
    Instant since,
    @Nullable Instant next) {

  /**
   * A status that CITE sets on a commit itself.
   *
   * @param targetUrl its link; null in what earlier versions queued
   */
  public record StatusReport(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl) {}

  /** A notice that waits to be sent. */
  public static OutboxMessage notice(Notice notice, NotificationTarget.Sealed target, Instant at) {
    return new OutboxMessage(notice.id(), notice, target, null, null, 0, at, null);
  }

  /** A commit status that waits to be set. */
  public static OutboxMessage status(String id, StatusReport status, Instant at) {
    return new OutboxMessage(id, null, null, status, null, 0, at, null);
  }

  /** An entry that waits to be appended to the audit trail. */
  public static OutboxMessage audit(String id, AuditEntry entry) {
    return new OutboxMessage(id, null, null, null, entry, 0, entry.at(), null);
  }

  /** This message after one more failed attempt. */
  public OutboxMessage failed(Instant tryAgainAt) {
    return new OutboxMessage(id, notice, target, status, audit, attempts + 1, since, tryAgainAt);
  }

  /** This message, to another target. */
  public OutboxMessage to(NotificationTarget.Sealed other) {
    return new OutboxMessage(id, notice, other, status, audit, attempts, since, next);
  }

  /** This message, to be sent at once. */
  public OutboxMessage due() {
    return new OutboxMessage(id, notice, target, status, audit, attempts, since, null);
  }

  /** Names where it goes: the audit trail, one target of one service, one repository's statuses. */
  public String destination() {
    if (audit != null) {
      return "audit trail";
    }
    if (status != null) {
      return "statuses of " + status.repository();
    }
    return (notice == null ? "" : notice.service()) + " " + target;
  }
}

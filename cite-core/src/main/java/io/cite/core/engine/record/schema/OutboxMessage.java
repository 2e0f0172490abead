package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told to somebody outside, at least once; written with the state that it tells of
 * in one transaction.
 *
 * @param id the same for the same news, so it is never queued twice
 * @param notice news for a target; null for a commit status
 * @param target who gets the notice; null for a commit status
 * @param status a commit status; null for a notice
 * @param attempts how often telling it has failed
 * @param since when it was queued
 */
public record OutboxMessage(
    String id,
    @Nullable Notice notice,
    @Nullable NotificationTarget target,
    @Nullable StatusReport status,
    int attempts,
    Instant since) {

  /** A status that CITE sets on a commit itself. */
  public record StatusReport(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description) {}

  public OutboxMessage failedOnce() {
    return new OutboxMessage(id, notice, target, status, attempts + 1, since);
  }
}

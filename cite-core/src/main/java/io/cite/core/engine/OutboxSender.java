package io.cite.core.engine;

import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells what is in the outbox, at least once; what nobody takes for a day is dropped and counted.
 */
final class OutboxSender {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Records records;
  private final Outside outside;
  private final AtomicLong dropped;

  OutboxSender(Records records, Outside outside, AtomicLong dropped) {
    this.records = records;
    this.outside = outside;
    this.dropped = dropped;
  }

  /** Sends one item and removes it; throws where it has to be tried again. */
  void send(String id) {
    Optional<Stored<Outgoing>> stored = records.get(Keys.outgoing(id));
    if (stored.isEmpty()) {
      return;
    }
    Outgoing item = stored.get().value();
    Instant now = outside.clock().instant();
    try {
      deliver(item);
    } catch (CiteException e) {
      boolean again = e instanceof Upstream upstream && upstream.isRetryable();
      if (again && now.isBefore(item.since().plus(PATIENCE))) {
        records.write().replace(stored.get(), item.failedOnce()).commitOrLookAgain();
        throw e;
      }
      dropped.incrementAndGet();
    }
    records.write().delete(stored.get()).commitOrLookAgain();
  }

  private void deliver(Outgoing item) {
    Outgoing.StatusReport status = item.status();
    if (status != null) {
      outside
          .source()
          .reportStatus(
              status.repository(),
              status.commit(),
              status.state(),
              status.context(),
              status.description(),
              null);
    } else if (item.notice() != null && item.target() != null) {
      outside.notifications().send(item.target(), item.notice());
    }
  }
}

package io.cite.core.engine.outbox;

import io.cite.core.engine.Ports;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells what is in the outbox, at least once; what nobody takes for a day is dropped and counted.
 */
public final class OutboxSender {
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final Records records;
  private final Ports ports;
  private final AtomicLong dropped;

  public OutboxSender(Records records, Ports ports, AtomicLong dropped) {
    this.records = records;
    this.ports = ports;
    this.dropped = dropped;
  }

  /** Sends one item and removes it; throws where it has to be tried again. */
  public void send(String id) {
    Optional<Versioned<OutboxMessage>> stored = records.get(Keys.outgoing(id));
    if (stored.isEmpty()) {
      return;
    }
    OutboxMessage item = stored.get().value();
    Instant now = ports.clock().instant();
    try {
      deliver(item);
    } catch (CiteException e) {
      boolean again = e instanceof Upstream upstream && upstream.isRetryable();
      if (again && now.isBefore(item.since().plus(PATIENCE))) {
        records.write().replace(stored.get(), item.failedOnce()).commitOrRetry();
        throw e;
      }
      dropped.incrementAndGet();
    }
    records.write().delete(stored.get()).commitOrRetry();
  }

  private void deliver(OutboxMessage item) {
    OutboxMessage.StatusReport status = item.status();
    if (status != null) {
      ports
          .source()
          .reportStatus(
              status.repository(),
              status.commit(),
              status.state(),
              status.context(),
              status.description(),
              null);
    } else if (item.notice() != null && item.target() != null) {
      ports.notifications().send(item.target(), item.notice());
    }
  }
}

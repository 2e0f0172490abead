package io.cite.core.engine.sweep;

import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.LeaderHeartbeat;
import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The leader's heartbeat in the store. A long gap between two signs means that nobody led, or that
 * the store could not be written: webhooks may have been refused meanwhile.
 */
final class Heartbeat {
  /** Time between two signs. */
  static final Duration PACE = Duration.ofSeconds(15);

  /** A gap as long as this is a downtime. */
  static final Duration GAP = Duration.ofMinutes(1);

  private final Records records;
  private final InstantSource clock;

  Heartbeat(Records records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /** Leaves a sign; says when the next one is due. */
  Duration beat() {
    Instant now = clock.instant();
    Optional<Versioned<LeaderHeartbeat>> last = records.get(Keys.heartbeat());
    if (last.isEmpty()) {
      records.write().create(Keys.heartbeat(), new LeaderHeartbeat(now, null)).commit();
      return PACE;
    }
    boolean gap = now.isAfter(last.get().value().at().plus(GAP));
    @Nullable Instant backSince = gap ? now : last.get().value().backSince();
    records.write().replace(last.get(), new LeaderHeartbeat(now, backSince)).commit();
    return PACE;
  }
}

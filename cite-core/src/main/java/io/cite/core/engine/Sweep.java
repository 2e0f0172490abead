package io.cite.core.engine;

import io.cite.core.domain.source.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds what no event told, in rounds that do not wait for each other: branch heads that moved
 * without a webhook, deliveries that failed, and records that are old enough to be forgotten.
 */
final class Sweep {
  /** Looks at branch heads and open builds. */
  static final Work.Sweep HEADS = new Work.Sweep("heads");

  /** Has failed deliveries made again. */
  static final Work.Sweep DELIVERIES = new Work.Sweep("deliveries");

  /** Leaves the leader's sign of life. */
  static final Work.Sweep HEARTBEAT = new Work.Sweep("heartbeat");

  /** Removes what has passed its retention. */
  static final Work.Sweep GARBAGE = new Work.Sweep("garbage");

  /** All rounds. */
  static final List<Work.Sweep> ROUNDS = List.of(HEARTBEAT, DELIVERIES, HEADS, GARBAGE);

  private static final int PAGE = 500;
  private static final int PAGES = 10;

  private final Records records;
  private final Outside outside;
  private final EngineSettings settings;
  private final HeadSweep heads;
  private final RedeliverySweep deliveries;
  private final Heartbeat heartbeat;
  private final OutboxBound outbox;

  /** The last delivery that was looked at; null where the next round begins anew. */
  private @Nullable String examined;

  Sweep(Records records, Outside outside, EngineSettings settings, AtomicLong dropped) {
    this.records = records;
    this.outside = outside;
    this.settings = settings;
    this.heads = new HeadSweep(records, outside, settings);
    this.deliveries = new RedeliverySweep(records, outside);
    this.heartbeat = new Heartbeat(records, outside.clock());
    this.outbox = new OutboxBound(records, dropped);
  }

  /** Does a round; says when the next one is due. */
  Duration run(Work.Sweep round) {
    if (round.equals(HEADS)) {
      return heads.round();
    }
    if (round.equals(DELIVERIES)) {
      return deliveries.round();
    }
    if (round.equals(HEARTBEAT)) {
      return heartbeat.beat();
    }
    Instant limit = outside.clock().instant().minus(settings.keepDeliveries());
    forgetDeliveries(limit);
    forgetRedeliveries(limit);
    outbox.enforce();
    return settings.sweepInterval();
  }

  /** Looks at some of the deliveries; the next round goes on where this one ends. */
  private void forgetDeliveries(Instant limit) {
    for (int i = 0; i < PAGES; i++) {
      List<Stored<Delivery>> page = records.list(Keys.DELIVERIES, examined, PAGE);
      forget(page.stream().filter(delivery -> isOld(delivery.value(), limit)).toList());
      if (page.size() < PAGE) {
        examined = null;
        return;
      }
      examined = page.get(page.size() - 1).key().path();
    }
  }

  private static boolean isOld(Delivery delivery, Instant limit) {
    return delivery.disposition().isFinal() && delivery.receivedAt().isBefore(limit);
  }

  private void forget(List<Stored<Delivery>> deliveries) {
    Records.Write together = records.write();
    for (Stored<Delivery> delivery : deliveries) {
      Records.Write one = records.write().delete(delivery);
      if (!together.merge(one)) {
        together.commit();
        together = one;
      }
    }
    if (!together.isEmpty()) {
      together.commit();
    }
  }

  private void forgetRedeliveries(Instant limit) {
    for (Stored<Bookkeeping.Redelivery> asked : records.list(Keys.REDELIVERIES)) {
      if (asked.value().at().isBefore(limit)) {
        records.write().delete(asked).commit();
      }
    }
  }
}

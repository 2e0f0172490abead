package io.cite.core.engine.sweep;

import io.cite.core.domain.source.Delivery;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.outbox.OutboxQuota;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RedeliveryRequest;
import io.cite.core.engine.schedule.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds what no event told, in rounds that do not wait for each other: branch heads that moved
 * without a webhook, deliveries that failed, and records that are old enough to be forgotten.
 */
public final class Sweep {
  /** Looks at branch heads and open builds. */
  public static final Work.Sweep HEADS = new Work.Sweep("heads");

  /** Has failed deliveries made again. */
  public static final Work.Sweep DELIVERIES = new Work.Sweep("deliveries");

  /** Leaves the leader's sign of life. */
  public static final Work.Sweep HEARTBEAT = new Work.Sweep("heartbeat");

  /** Removes what has passed its retention. */
  public static final Work.Sweep GARBAGE = new Work.Sweep("garbage");

  /** All rounds. */
  public static final List<Work.Sweep> ROUNDS = List.of(HEARTBEAT, DELIVERIES, HEADS, GARBAGE);

  private static final int PAGE = 500;
  private static final int PAGES = 10;

  private final Records records;
  private final Ports ports;
  private final EngineSettings settings;
  private final HeadSweep heads;
  private final RedeliverySweep deliveries;
  private final Heartbeat heartbeat;
  private final OutboxQuota outbox;

  /** The last delivery that was looked at; null where the next round begins anew. */
  private @Nullable String examined;

  public Sweep(Records records, Ports ports, EngineSettings settings, AtomicLong dropped) {
    this.records = records;
    this.ports = ports;
    this.settings = settings;
    this.heads = new HeadSweep(records, ports, settings);
    this.deliveries = new RedeliverySweep(records, ports);
    this.heartbeat = new Heartbeat(records, ports.clock());
    this.outbox = new OutboxQuota(records, dropped);
  }

  /** Does a round; says when the next one is due. */
  public Duration run(Work.Sweep round) {
    if (round.equals(HEADS)) {
      return heads.round();
    }
    if (round.equals(DELIVERIES)) {
      return deliveries.round();
    }
    if (round.equals(HEARTBEAT)) {
      return heartbeat.beat();
    }
    Instant limit = ports.clock().instant().minus(settings.keepDeliveries());
    forgetDeliveries(limit);
    forgetRedeliveries(limit);
    outbox.enforce();
    return settings.sweepInterval();
  }

  /** Looks at some of the deliveries; the next round goes on where this one ends. */
  private void forgetDeliveries(Instant limit) {
    for (int i = 0; i < PAGES; i++) {
      List<Versioned<Delivery>> page = records.list(Keys.DELIVERIES, examined, PAGE);
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

  private void forget(List<Versioned<Delivery>> deliveries) {
    Records.Write together = records.write();
    for (Versioned<Delivery> delivery : deliveries) {
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
    for (Versioned<RedeliveryRequest> asked : records.list(Keys.REDELIVERIES)) {
      if (asked.value().at().isBefore(limit)) {
        records.write().delete(asked).commit();
      }
    }
  }
}

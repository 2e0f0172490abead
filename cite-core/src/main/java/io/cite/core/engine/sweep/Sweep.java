package io.cite.core.engine.sweep;

import io.cite.core.domain.source.Delivery;
import io.cite.core.engine.outbox.OutboxQuota;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.RedeliveryRequest;
import io.cite.core.engine.repository.RepositoryIdentity;
import io.cite.core.engine.store.DeliveryHistory;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Hooks;
import io.cite.core.port.source.Repositories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds what no event reported, in rounds that do not wait for each other: branch heads that moved
 * without a webhook, deliveries that failed, and records that are old enough to be forgotten.
 */
public final class Sweep {
  private static final int PAGE = 500;
  private static final int PAGES = 10;

  private final Records records;
  private final InstantSource clock;
  private final SweepSettings settings;
  private final HeadSweep heads;
  private final RedeliverySweep deliveries;
  private final Heartbeat heartbeat;
  private final OutboxQuota outbox;

  private final DeliveryHistory history;

  /** Whether all deliveries have their places in the history. */
  private boolean mended;

  /** The last delivery whose places were checked; null before the first. */
  private @Nullable String examined;

  public Sweep(
      Records records,
      Repositories repositories,
      RepositoryIdentity identity,
      Hooks hooks,
      InstantSource clock,
      SweepSettings settings,
      AtomicLong dropped) {
    this.records = records;
    this.clock = clock;
    this.settings = settings;
    HookCheck hookCheck = new HookCheck(records, hooks, clock, settings.hooks());
    this.deliveries = new RedeliverySweep(records, hooks, clock, hookCheck);
    // nobody reported a head without a build: the hook may be gone
    this.heads = new HeadSweep(records, repositories, identity, clock, settings, deliveries::hurry);
    this.heartbeat = new Heartbeat(records, clock);
    this.history = new DeliveryHistory(records, clock.instant());
    this.outbox = new OutboxQuota(records, dropped);
  }

  /** Compares some branch heads with builds; says when the next ones are due. */
  public Duration heads() {
    return heads.round();
  }

  /** Looks for deliveries that the source host could not make; says when to check again. */
  public Duration redeliveries() {
    return deliveries.round();
  }

  /** Stores the leader's heartbeat; says when the next one is due. */
  public Duration heartbeat() {
    return heartbeat.beat();
  }

  /** Deletes what is past its retention; says when to check again. */
  public Duration retention() {
    Instant limit = clock.instant().minus(settings.keepDeliveries());
    mendHistory();
    forgetDeliveries(limit);
    forgetRedeliveries(limit);
    outbox.enforce();
    return settings.sweepInterval();
  }

  /** Once a term, a part in each round. */
  private void mendHistory() {
    for (int i = 0; i < PAGES && !mended; i++) {
      examined = history.mend(examined, PAGE);
      mended = examined == null;
    }
  }

  private void forgetDeliveries(Instant limit) {
    List<Versioned<Delivery>> page;
    int pages = 0;
    do {
      page = history.before(limit, PAGE);
      forget(page);
      pages++;
    } while (page.size() == PAGE && pages < PAGES);
  }

  private void forget(List<Versioned<Delivery>> deliveries) {
    Records.Write together = records.write();
    for (Versioned<Delivery> delivery : deliveries) {
      Records.Write one = history.forget(delivery);
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

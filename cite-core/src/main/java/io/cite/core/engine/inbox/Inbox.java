package io.cite.core.engine.inbox;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
import io.cite.core.engine.store.DeliveryHistory;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settles deliveries, each together with the checks that it calls for. All that wait are read at
 * once and settled in as few transactions as they fit into; one that does not go along with the
 * others is handled alone, so that it does not keep them back.
 */
public final class Inbox {
  private static final int PAGE = 200;
  private static final int MAX_ATTEMPTS = 5;

  private final Records records;
  private final InstantSource clock;
  private final DeliveryHistory history;
  private final String statusContext;
  private final Consumer<DeliveryId> alone;
  private final Consumer<RepositoryName> moved;
  private final Set<DeliveryId> handledAlone = ConcurrentHashMap.newKeySet();

  /**
   * The inbox.
   *
   * @param alone queues a delivery to be handled alone
   * @param moved queues a repository, by the name that CITE knows, to be compared with its name on
   *     GitHub
   */
  public Inbox(
      Records records,
      InstantSource clock,
      String statusContext,
      Consumer<DeliveryId> alone,
      Consumer<RepositoryName> moved) {
    this.records = records;
    this.clock = clock;
    this.history = new DeliveryHistory(records, clock.instant());
    this.statusContext = statusContext;
    this.alone = alone;
    this.moved = moved;
  }

  /** Settles the deliveries that wait. */
  public void handleAll() {
    @Nullable String after = null;
    List<Versioned<PendingDelivery>> page;
    do {
      page = records.list(Keys.INBOX, after, PAGE);
      if (!page.isEmpty()) {
        after = page.get(page.size() - 1).key().path();
        new Batch().settle(page);
      }
    } while (page.size() == PAGE);
  }

  /** Handles a delivery alone; one that keeps failing is put aside. */
  public void handleAlone(DeliveryId id) {
    Optional<Versioned<Delivery>> found = records.get(Keys.delivery(id));
    if (found.isPresent()) {
      settleAlone(found.get());
    } else {
      records
          .get(Keys.unsettled(id))
          .ifPresent(mark -> records.write().delete(mark).commitOrRetry());
    }
    handledAlone.remove(id);
  }

  private void settleAlone(Versioned<Delivery> stored) {
    Delivery delivery = stored.value();
    Records.Write write = records.write();
    DeliveryRouter router = router();
    try {
      settle(write, stored, router.route(write, delivery), router);
    } catch (StaleRead | Upstream e) {
      throw e;
    } catch (RuntimeException e) {
      Delivery failed = delivery.failedOnce();
      if (failed.attempts() >= MAX_ATTEMPTS) {
        settle(
            records.write(),
            stored,
            Disposition.quarantined("after " + MAX_ATTEMPTS + " attempts: " + e.getMessage()),
            router);
      } else {
        records
            .write()
            .replace(stored, failed)
            .put(Keys.unsettled(failed.id()), PendingDelivery.of(failed))
            .commitOrRetry();
        throw e;
      }
    }
  }

  private void settle(
      Records.Write write,
      Versioned<Delivery> delivery,
      Disposition outcome,
      DeliveryRouter router) {
    DeliveryId id = delivery.value().id();
    boolean asked = records.get(Keys.redelivery(id)).isPresent();
    add(write, delivery.value().settled(settled(outcome, asked)), router, history.places());
    write.require(delivery).remove(Keys.unsettled(id)).commitOrRetry();
  }

  private static void add(
      Records.Write write,
      Delivery settled,
      DeliveryRouter router,
      DeliveryHistory.Places unrelated) {
    if (router.isRelated(settled)) {
      DeliveryHistory.add(write, settled);
    } else {
      unrelated.add(write, settled);
    }
  }

  private static Disposition settled(Disposition outcome, boolean asked) {
    return asked ? outcome.with("redelivered on CITE's request") : outcome;
  }

  private DeliveryRouter router() {
    return new DeliveryRouter(records, clock, statusContext, moved);
  }

  private void leaveAlone(DeliveryId id) {
    if (handledAlone.add(id)) {
      alone.accept(id);
    }
  }

  /** Deliveries that were read together. */
  private final class Batch {
    private final DeliveryRouter handler = router();
    private final DeliveryHistory.Places unrelated = history.places();
    private final boolean noneAsked = records.list(Keys.REDELIVERIES, null, 1).isEmpty();
    private final List<DeliveryId> merged = new ArrayList<>();
    private Records.Write write = records.write();

    void settle(List<Versioned<PendingDelivery>> page) {
      for (Versioned<PendingDelivery> mark : page) {
        DeliveryId id = mark.value().delivery();
        if (handledAlone.contains(id)) {
          continue;
        }
        Delivery delivery = mark.value().content();
        if (delivery == null || !(merge(mark, delivery) || (commit() && merge(mark, delivery)))) {
          leaveAlone(id);
        }
      }
      commit();
    }

    /** False if it does not go along with what was merged before, or not at all. */
    private boolean merge(Versioned<PendingDelivery> mark, Delivery delivery) {
      Records.Write one = records.write();
      try {
        Disposition outcome = handler.route(one, delivery);
        boolean asked = !noneAsked && records.get(Keys.redelivery(delivery.id())).isPresent();
        add(one, delivery.settled(settled(outcome, asked)), handler, unrelated);
        one.delete(mark);
      } catch (RuntimeException e) {
        // it will be found again, and reported, if the delivery is handled alone
        return false;
      }
      boolean fits = write.merge(one);
      if (fits) {
        merged.add(delivery.id());
      }
      return fits;
    }

    /** Always true; what could not be settled together is handled alone. */
    private boolean commit() {
      if (!merged.isEmpty() && !write.commit()) {
        merged.forEach(Inbox.this::leaveAlone);
      }
      merged.clear();
      write = records.write();
      return true;
    }
  }
}

package io.cite.core.engine.store;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.engine.record.GroupCommit;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
import java.util.List;
import java.util.Optional;

/** The webhooks that were received. Thread-safe. */
public final class DeliveryStore {
  private final Records records;
  private final GroupCommit writes;

  DeliveryStore(Records records) {
    this.records = records;
    this.writes = new GroupCommit(records);
  }

  /**
   * Adds a delivery; one whose disposition is not final is queued for the engine. Deliveries that
   * come at the same time are written in one transaction.
   *
   * @return false if a delivery with its id is stored already
   * @throws io.cite.core.error.Upstream if it could not be stored, or nobody can tell
   */
  public boolean add(Delivery delivery) {
    Records.Write write = records.write().create(Keys.delivery(delivery.id()), delivery);
    if (!delivery.disposition().isFinal()) {
      write.put(Keys.unsettled(delivery.id()), PendingDelivery.of(delivery));
    }
    return writes.commit(write);
  }

  /** The delivery with this id. */
  public Optional<Delivery> find(DeliveryId id) {
    return records.get(Keys.delivery(id)).map(Versioned::value);
  }

  /** All deliveries, by id. */
  public List<Delivery> all() {
    return records.list(Keys.DELIVERIES).stream().map(Versioned::value).toList();
  }
}

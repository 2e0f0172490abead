package io.cite.core.engine.record.schema;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is stored and not settled. With the mark lies what the delivery's record says,
 * and changes with it, so that many are read at once.
 *
 * @param content as the delivery is stored; null if an older version made the mark
 */
public record PendingDelivery(DeliveryId delivery, @Nullable Delivery content) {
  /** The mark of a delivery. */
  public static PendingDelivery of(Delivery delivery) {
    return new PendingDelivery(delivery.id(), delivery);
  }
}

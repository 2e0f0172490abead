package io.cite.core.usecase.build;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.domain.source.Triage;
import io.cite.core.engine.store.DeliveryStore;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.InstantSource;
import java.util.Optional;

/**
 * Takes a delivery whose signature was found right: it is stored before this returns, and the
 * engine checks it afterwards, unless its content alone says that there is nothing to check. Throws
 * {@link Conflict} with {@code REUSED_KEY} for a known id with another body, and {@link
 * io.cite.core.error.Upstream} if it could not be stored.
 */
public final class AcceptDelivery {
  private final DeliveryStore deliveries;
  private final InstantSource clock;
  private final String statusContext;

  /**
   * The use case on this store.
   *
   * @param statusContext the context of the commit statuses that builds have
   */
  public AcceptDelivery(DeliveryStore deliveries, InstantSource clock, String statusContext) {
    this.deliveries = deliveries;
    this.clock = clock;
    this.statusContext = statusContext;
  }

  /** A delivery; see {@link Delivery} for the parts. */
  public record Command(DeliveryId id, String event, String bodySha256, SourceEvent content) {}

  /** Whether the delivery was new. */
  public enum Answer {
    ACCEPTED,
    DUPLICATE
  }

  /** Stores the delivery. */
  public Answer execute(Command command) {
    Optional<Disposition> settled = Triage.settle(command.content(), statusContext);
    Delivery delivery =
        new Delivery(
            command.id(),
            command.event(),
            command.bodySha256(),
            command.content(),
            clock.instant(),
            settled.orElse(Disposition.ACCEPTED),
            0);
    if (deliveries.add(delivery)) {
      return Answer.ACCEPTED;
    }
    Optional<Delivery> known = deliveries.find(command.id());
    if (known.isPresent() && !known.get().bodySha256().equals(command.bodySha256())) {
      throw new Conflict(
          ErrorCode.REUSED_KEY,
          "The delivery " + command.id() + " was received before with another body");
    }
    return Answer.DUPLICATE;
  }
}

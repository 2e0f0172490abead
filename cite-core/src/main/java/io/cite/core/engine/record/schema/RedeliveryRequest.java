package io.cite.core.engine.record.schema;

import io.cite.core.domain.source.DeliveryId;
import java.time.Instant;

/**
 * A delivery that the host was asked to make again.
 *
 * @param times how often
 * @param at when last
 */
public record RedeliveryRequest(DeliveryId delivery, int times, Instant at) {}

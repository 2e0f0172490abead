package io.cite.core.port.source;

import io.cite.core.domain.source.DeliveryId;
import java.time.Instant;

/**
 * A delivery that the receiver did not answer with 2xx.
 *
 * @param attempt the host's number of the attempt
 * @param delivery the same for all attempts
 */
public record FailedDelivery(long attempt, DeliveryId delivery, String event, Instant at) {}

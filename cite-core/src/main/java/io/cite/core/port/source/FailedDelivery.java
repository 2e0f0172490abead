package io.cite.core.port.source;

import java.time.Instant;

/**
 * A delivery that the receiver did not answer with 2xx.
 *
 * @param id the host's number of the attempt
 * @param guid the delivery's id, the same for all attempts
 */
public record FailedDelivery(long id, String guid, String event, Instant at) {}

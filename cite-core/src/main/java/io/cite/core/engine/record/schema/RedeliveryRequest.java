package io.cite.core.engine.record.schema;

import java.time.Instant;

/**
 * A delivery that the host was asked to make again.
 *
 * @param times how often
 * @param at when last
 */
public record RedeliveryRequest(String delivery, int times, Instant at) {}

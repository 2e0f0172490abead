package io.cite.core.engine.record.schema;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that came with an idempotency key, and what was answered.
 *
 * @param request what tells it from other requests with the same key
 * @param epochSecond when it came or was answered, in seconds since 1970
 * @param status HTTP status of the answer; null until there is one
 * @param body body of the answer; null until there is one
 * @param location its {@code Location}; null if it has none
 * @param etag its {@code ETag}; null if it has none
 */
public record IdempotentRequest(
    String request,
    long epochSecond,
    @Nullable Integer status,
    @Nullable String body,
    @Nullable String location,
    @Nullable String etag) {

  /** A request that has no answer. */
  public static IdempotentRequest begun(String request, Instant at) {
    return new IdempotentRequest(request, at.getEpochSecond(), null, null, null, null);
  }
}

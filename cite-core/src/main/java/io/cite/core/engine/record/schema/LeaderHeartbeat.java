package io.cite.core.engine.record.schema;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat that the leader stores.
 *
 * @param backSince when the last gap between two signs ended; null if there never was one
 */
public record LeaderHeartbeat(Instant at, @Nullable Instant backSince) {}

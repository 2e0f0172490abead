package io.cite.core.engine.record;

import io.cite.core.engine.record.schema.Key;

/**
 * A record as it is stored.
 *
 * @param createRevision revision of the transaction that made it
 * @param revision revision of the transaction that wrote it
 */
public record Versioned<T extends Record>(
    Key<T> key, T value, long createRevision, long revision) {}

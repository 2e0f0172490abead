package io.cite.core.engine.record.schema;

import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;

/**
 * How far a repository's hook was searched for failed deliveries.
 *
 * @param until deliveries up to this time were checked
 */
public record HookScan(RepositoryName repository, Instant until) {}

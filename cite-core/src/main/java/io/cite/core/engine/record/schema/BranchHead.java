package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import org.jspecify.annotations.Nullable;

/**
 * What the sweep last saw of an environment's branch.
 *
 * @param etag tag to ask with next time; null if the host gave none
 * @param commit the head; null if there was no such branch
 */
public record BranchHead(
    EnvironmentId environment, @Nullable String etag, @Nullable CommitId commit) {}

package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A commit that an environment has to check. It stays until the check was made and its outcome
 * stored.
 *
 * @param pushed whether the branch was moved to it; else it got a status
 * @param why in words, for the record
 * @param at when it was noted; null if an older version noted it
 */
public record CommitCheck(
    EnvironmentId environment, CommitId commit, boolean pushed, String why, @Nullable Instant at) {}

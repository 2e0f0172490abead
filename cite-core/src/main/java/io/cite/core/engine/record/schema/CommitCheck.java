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
 * @param by who pushed it; null if that is not known
 * @param sameDockerfileAs a commit with the same Dockerfile; null if none is known
 */
public record CommitCheck(
    EnvironmentId environment,
    CommitId commit,
    boolean pushed,
    String why,
    @Nullable Instant at,
    @Nullable String by,
    @Nullable CommitId sameDockerfileAs) {
  /** A check of a commit that nobody is known to have pushed. */
  public CommitCheck(
      EnvironmentId environment,
      CommitId commit,
      boolean pushed,
      String why,
      @Nullable Instant at) {
    this(environment, commit, pushed, why, at, null, null);
  }
}

package io.cite.core.domain.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One status of a commit, as stored by the source host.
 *
 * @param id the host's number; a later status of the same commit has a higher one
 * @param state its state
 * @param context who says it, such as {@code buildbot/cite-build}
 * @param description at most 140 characters; null if none was given
 * @param targetUrl a link; null if none was given
 * @param createdAt the host's time
 * @see <a href="https://docs.github.com/en/rest/commits/statuses">Commit statuses</a>
 */
public record CommitStatus(
    long id,
    State state,
    String context,
    @Nullable String description,
    @Nullable String targetUrl,
    Instant createdAt) {

  /** The four states that GitHub knows. */
  public enum State {
    PENDING,
    SUCCESS,
    FAILURE,
    ERROR
  }
}

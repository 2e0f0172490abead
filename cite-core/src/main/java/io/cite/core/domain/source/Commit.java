package io.cite.core.domain.source;

import java.time.Instant;

/**
 * A commit.
 *
 * @param id its id
 * @param message the whole message
 * @param author name and address, {@code Name <mail>}
 * @param authoredAt the author's time
 * @param htmlUrl its page
 */
public record Commit(
    CommitId id, String message, String author, Instant authoredAt, String htmlUrl) {}

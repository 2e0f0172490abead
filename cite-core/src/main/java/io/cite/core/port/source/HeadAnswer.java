package io.cite.core.port.source;

import io.cite.core.domain.source.CommitId;
import org.jspecify.annotations.Nullable;

/**
 * A branch's head.
 *
 * @param unchanged whether the head is what it was when {@code etag} was given out
 * @param head the head; null if the branch does not exist or is unchanged
 * @param etag tag to ask with next time; null if the host gives none
 */
public record HeadAnswer(boolean unchanged, @Nullable CommitId head, @Nullable String etag) {}

package io.cite.server.sandbox.github.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status that somebody gave a commit. */
public record CommitStatus(
    long id,
    long repository,
    String sha,
    String state,
    String context,
    @Nullable String description,
    @Nullable String targetUrl,
    String creator,
    Instant createdAt)
    implements Row {}

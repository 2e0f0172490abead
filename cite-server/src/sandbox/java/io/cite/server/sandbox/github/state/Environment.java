package io.cite.server.sandbox.github.state;

import java.time.Instant;

/** An environment that a deployment brought into being. */
public record Environment(long id, long repository, String name, Instant createdAt)
    implements Row {}

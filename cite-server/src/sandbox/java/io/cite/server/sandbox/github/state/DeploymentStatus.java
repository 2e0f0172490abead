package io.cite.server.sandbox.github.state;

import java.time.Instant;

/** One step in the life of a deployment. */
public record DeploymentStatus(
    long id,
    long repository,
    long deployment,
    String state,
    String description,
    String environment,
    String logUrl,
    String environmentUrl,
    String creator,
    Instant createdAt)
    implements Row {}

package io.cite.core.domain.deploy;

import java.time.Instant;

/** One thing that happened to a deployment, in words. */
public record TimelineEntry(Instant at, DeploymentState state, String text) {}

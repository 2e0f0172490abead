package io.cite.core.engine.builds;

import java.time.Duration;

/**
 * How builds are followed.
 *
 * @param statusContext context of the builder's commit statuses
 * @param buildTimeout how long a build may go without a sign of life
 */
public record BuildSettings(String statusContext, Duration buildTimeout) {}

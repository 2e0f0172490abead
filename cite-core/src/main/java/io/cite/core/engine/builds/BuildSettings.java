package io.cite.core.engine.builds;

import io.cite.core.domain.service.EnvironmentId;
import java.time.Duration;
import java.util.function.Function;

/**
 * How builds are followed.
 *
 * @param statusContext context of the builder's commit statuses
 * @param buildTimeout how long a build may show no progress
 * @param page where a person finds an environment in CITE; CITE's own statuses link there
 */
public record BuildSettings(
    String statusContext, Duration buildTimeout, Function<EnvironmentId, String> page) {}

package io.cite.core.engine.sweep;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How CITE looks for what no event reported.
 *
 * @param sweepInterval time between two rounds
 * @param sweepRequests how many new heads a round may find in an hour, so that the source host's
 *     limit is not used up
 * @param keepDeliveries how long settled deliveries are kept
 * @param buildTimeout how long a build that is found may show no progress
 * @param hooks the webhooks that every repository has, by URL: the builder's, which is asked for
 *     it, and CITE's; each with its owner's name
 */
public record SweepSettings(
    Duration sweepInterval,
    int sweepRequests,
    Duration keepDeliveries,
    Duration buildTimeout,
    Supplier<Map<String, String>> hooks) {
  /** The owner's name of CITE's own hook. */
  public static final String CITE = "CITE";
}

package io.cite.core.engine.sweep;

import java.time.Duration;

/**
 * How CITE looks for what no event reported.
 *
 * @param sweepInterval time between two rounds
 * @param sweepRequests how many new heads a round may find in an hour, so that the source host's
 *     limit is not used up
 * @param keepDeliveries how long settled deliveries are kept
 * @param buildTimeout how long a build that is found may show no progress
 */
public record SweepSettings(
    Duration sweepInterval, int sweepRequests, Duration keepDeliveries, Duration buildTimeout) {}

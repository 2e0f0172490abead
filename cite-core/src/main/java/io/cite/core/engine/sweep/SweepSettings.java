package io.cite.core.engine.sweep;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How CITE looks for what no event reported.
 *
 * @param sweepInterval time between two rounds
 * @param sweepRequests how many new heads a round may find in an hour, so that the source host's
 *     limit is not used up
 * @param keepDeliveries how long settled deliveries are kept
 * @param buildTimeout how long a build that is found may show no progress
 * @param hookUrls the URLs of the webhooks that every repository has: the builder's, which is asked
 *     for it, and CITE's
 */
public record SweepSettings(
    Duration sweepInterval,
    int sweepRequests,
    Duration keepDeliveries,
    Duration buildTimeout,
    Supplier<Set<String>> hookUrls) {}

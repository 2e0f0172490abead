package io.cite.server.config;

import io.cite.server.config.ConfigurationKey.Kind;
import java.time.Duration;
import java.util.List;

/**
 * How the engine works.
 *
 * @param retainRollouts how long a retired rollout's pods are kept for a rollback
 * @param keepRollouts how many retired rollouts an environment keeps at most
 * @param retainHistory how long ended builds and deployments are kept
 * @param retainDeliveries how long deliveries are kept
 * @param sweepInterval how often CITE looks for what no event reported
 * @param sweepRequests how many new heads that search may find in an hour
 * @param workers threads that work on environments
 * @param createTimeout how long a step of a creation is tried again
 */
public record EngineConfiguration(
    Duration retainRollouts,
    int keepRollouts,
    Duration retainHistory,
    Duration retainDeliveries,
    Duration sweepInterval,
    int sweepRequests,
    int workers,
    Duration createTimeout) {
  private static final ConfigurationKey RETAIN_ROLLOUTS =
      ConfigurationKey.of(
          "retention.rollouts",
          Kind.DURATION,
          "1h",
          "How long the pods of a retired deployment are kept for a rollback");
  private static final ConfigurationKey KEEP_ROLLOUTS =
      ConfigurationKey.of(
          "retention.rolloutsPerEnvironment",
          Kind.NUMBER,
          "3",
          "Largest number of retired deployments of an environment that keep their controllers");
  private static final ConfigurationKey RETAIN_HISTORY =
      ConfigurationKey.of(
          "retention.history",
          Kind.DURATION,
          "90d",
          "How long ended builds and deployments are kept. The newest 20 of an environment, and all that is still used, are always kept");
  private static final ConfigurationKey RETAIN_DELIVERIES =
      ConfigurationKey.of(
          "retention.deliveries",
          Kind.DURATION,
          "7d",
          "How long deliveries are kept. Of repositories without a service the last 1,000 are kept");
  private static final ConfigurationKey SWEEP =
      ConfigurationKey.of(
          "sweep.interval",
          Kind.DURATION,
          "1m",
          "How often the sweep looks for changes that no event reported");
  private static final ConfigurationKey SWEEP_REQUESTS =
      ConfigurationKey.of(
          "sweep.requestsPerHour",
          Kind.NUMBER,
          "100",
          "How many requests for new branch heads the sweep may use in an hour. Unchanged heads cost none");
  private static final ConfigurationKey WORKERS =
      ConfigurationKey.of("engine.workers", Kind.NUMBER, "16", "Threads that work on environments");

  private static final ConfigurationKey CREATE_TIMEOUT =
      ConfigurationKey.of(
          "engine.createTimeout",
          Kind.DURATION,
          "10m",
          "How long CITE repeats a failed step of the creation of a service");

  static final List<ConfigurationKey> KEYS =
      List.of(
          RETAIN_ROLLOUTS,
          KEEP_ROLLOUTS,
          RETAIN_HISTORY,
          RETAIN_DELIVERIES,
          SWEEP,
          SWEEP_REQUESTS,
          WORKERS,
          CREATE_TIMEOUT);

  static EngineConfiguration from(Values values) {
    return new EngineConfiguration(
        values.duration(RETAIN_ROLLOUTS),
        values.number(KEEP_ROLLOUTS, 0, 100),
        values.duration(RETAIN_HISTORY),
        values.duration(RETAIN_DELIVERIES),
        values.duration(SWEEP),
        values.number(SWEEP_REQUESTS, 1, 1_000_000),
        values.number(WORKERS, 1, 1_000),
        values.duration(CREATE_TIMEOUT));
  }
}

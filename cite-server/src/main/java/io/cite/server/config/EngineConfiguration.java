package io.cite.server.config;

import io.cite.server.config.ConfigurationKey.Kind;
import java.time.Duration;
import java.util.List;

/**
 * How the engine works.
 *
 * @param retainRollouts how long a retired rollout's pods are kept for a rollback
 * @param retainDeliveries how long deliveries are kept
 * @param sweepInterval how often CITE looks for what no event told
 * @param workers threads that work on environments
 */
public record EngineConfiguration(
    Duration retainRollouts, Duration retainDeliveries, Duration sweepInterval, int workers) {
  private static final ConfigurationKey RETAIN_ROLLOUTS =
      ConfigurationKey.of(
          "retention.rollouts",
          Kind.DURATION,
          "1h",
          "How long the pods of a deployment that was replaced are kept for a rollback");
  private static final ConfigurationKey RETAIN_DELIVERIES =
      ConfigurationKey.of(
          "retention.deliveries", Kind.DURATION, "7d", "How long deliveries can be looked at");
  private static final ConfigurationKey SWEEP =
      ConfigurationKey.of(
          "sweep.interval", Kind.DURATION, "1m", "How often CITE looks for what no event told");
  private static final ConfigurationKey WORKERS =
      ConfigurationKey.of("engine.workers", Kind.NUMBER, "16", "Threads that work on environments");

  static final List<ConfigurationKey> KEYS =
      List.of(RETAIN_ROLLOUTS, RETAIN_DELIVERIES, SWEEP, WORKERS);

  static EngineConfiguration from(Values values) {
    return new EngineConfiguration(
        values.duration(RETAIN_ROLLOUTS),
        values.duration(RETAIN_DELIVERIES),
        values.duration(SWEEP),
        values.number(WORKERS, 1, 1_000));
  }
}

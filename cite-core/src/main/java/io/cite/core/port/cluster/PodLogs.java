package io.cite.core.port.cluster;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an environment's pods write. {@link Cluster} says what holds for all roles. */
public interface PodLogs {
  /**
   * Log lines of an environment's pods, oldest first.
   *
   * @param rollout null for all of the environment's rollouts
   */
  List<LogLine> read(EnvironmentId environment, @Nullable RolloutId rollout, LogQuery query);

  /** Hands over new log lines as they are written, until the subscription is closed. */
  Subscription follow(EnvironmentId environment, Consumer<LogLine> lines);
}

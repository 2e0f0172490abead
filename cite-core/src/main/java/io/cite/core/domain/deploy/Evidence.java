package io.cite.core.domain.deploy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster showed of a rollout that does not get ready.
 *
 * @param podReason Kubernetes' word, such as {@code CrashLoopBackOff}; null if there is none
 * @param events the last events of the rollout and its pods, oldest first
 * @param log the end of the failing container's log, secrets masked; empty if there is none
 */
public record Evidence(@Nullable String podReason, List<String> events, String log) {
  public Evidence {
    events = List.copyOf(events);
  }
}

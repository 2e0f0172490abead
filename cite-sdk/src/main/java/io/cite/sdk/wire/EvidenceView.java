package io.cite.sdk.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster showed of a failed rollout.
 *
 * @param podReason the container's or pod's reason, such as {@code CrashLoopBackOff}
 * @param events what Kubernetes recorded, oldest first
 * @param log the end of the container's log
 */
public record EvidenceView(@Nullable String podReason, List<String> events, @Nullable String log) {
  public EvidenceView {
    events = Wire.list(events);
  }
}

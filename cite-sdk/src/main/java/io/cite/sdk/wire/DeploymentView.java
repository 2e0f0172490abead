package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make an image the live one in an environment.
 *
 * @param seq counts up within its environment
 * @param githubId id of the deployment at GitHub, once announced
 * @param cause why it ended without going live
 * @param evidence what the cluster said, on failure
 * @param timeline what happened, oldest first
 * @param build number of the build that made the image
 * @param ports on which its pods take traffic; empty for one of an earlier version
 */
public record DeploymentView(
    long seq,
    String commit,
    @Nullable String image,
    DeploymentStateView state,
    @Nullable DeploymentOriginView origin,
    @Nullable String requestedBy,
    @Nullable Long githubId,
    int readyPods,
    int wantedPods,
    @Nullable String cause,
    @Nullable EvidenceView evidence,
    List<TimelineEntryView> timeline,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant requestedAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant endedAt,
    @Nullable Long build,
    List<Integer> ports) {
  public DeploymentView {
    ports = Wire.list(ports);
    timeline = Wire.list(timeline);
  }
}

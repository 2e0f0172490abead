package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to turn a commit into an image.
 *
 * @param number counts up within its environment
 * @param image the image by tag, once there is one
 * @param digest what the tag pointed to when the build ended
 * @param cause why it ended without an image
 * @param decision what CITE did with its result and why, such as a deployment or none
 */
public record BuildView(
    long number,
    String commit,
    BuildStateView state,
    @Nullable String image,
    @Nullable String digest,
    @Nullable String logUrl,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant startedAt,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant endedAt,
    @Nullable BuildOriginView origin,
    @Nullable String requestedBy,
    @Nullable String cause,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant requestedAt,
    @Nullable String decision) {}

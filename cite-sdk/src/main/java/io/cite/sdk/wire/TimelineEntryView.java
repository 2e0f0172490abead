package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that happened to a deployment. */
public record TimelineEntryView(
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant at,
    DeploymentStateView state,
    @Nullable String text) {}

package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One link of the causal chain of a commit.
 *
 * @param kind such as {@code delivery}, {@code build}, {@code decision} or {@code deployment}
 * @param text what happened and why, in words
 * @param ref the id of what it is about
 * @param order what can be done about it; null if nothing
 */
public record WhyEntryView(
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant at,
    String kind,
    String text,
    @Nullable String ref,
    @Nullable OrderView order) {}

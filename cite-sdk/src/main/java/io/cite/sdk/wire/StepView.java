package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a creation or deletion.
 *
 * @param name what it ensures, such as {@code namespace}
 * @param detail the cause of a failure, or what was found; in words
 */
public record StepView(
    String name,
    StepStateView state,
    @Nullable String detail,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant at) {}

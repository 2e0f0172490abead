package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, when, with what outcome.
 *
 * @param sequence counts up without gaps
 */
public record AuditEntryView(
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant at,
    String actor,
    String action,
    @Nullable String target,
    String outcome,
    @Nullable String detail,
    long sequence) {}

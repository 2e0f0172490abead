package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pin of a rollback: commits do not deploy by themselves until somebody clears it.
 *
 * @param by who rolled back
 * @param since when; null if an older version of the server stored it
 * @param reason why, as it was given with the order
 */
public record PinView(
    String by,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant since,
    @Nullable String reason) {}

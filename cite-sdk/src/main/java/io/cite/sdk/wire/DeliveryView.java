package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One webhook received.
 *
 * @param id the GUID that GitHub gave it
 * @param event such as {@code push}
 * @param disposition what CITE did about it, such as {@code accepted} or {@code ignored}
 * @param reason why
 * @param attempts how often it was worked on
 */
public record DeliveryView(
    String id,
    @Nullable String event,
    @Nullable String action,
    @Nullable String repository,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant receivedAt,
    @Nullable String disposition,
    @Nullable String reason,
    int attempts,
    @Nullable String commit) {}

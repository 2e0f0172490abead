package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Asks to make an earlier deployment live again.
 *
 * @param reason why, for whoever finds the pin; 1 to 300 characters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivateRequest(@Nullable String reason) {}

package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a build.
 *
 * @param commit its id, or the first 7 digits or more; absent: the head of the branch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BuildRequest(@Nullable String commit) {}

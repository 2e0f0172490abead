package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state change, from the event stream. Read the resource for its current state.
 *
 * @param id position in the stream, good for {@code Last-Event-ID}
 * @param type such as {@code deployment}
 * @param service {@code namespace/name}
 * @param environment slug of the environment
 * @param state the new state, by its name
 * @param build number of the build, if it is about one
 * @param deployment seq of the deployment, if it is about one
 */
public record EventView(
    @Nullable String id,
    @Nullable String type,
    @Nullable String service,
    @Nullable String environment,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant at,
    @Nullable String state,
    @Nullable Long build,
    @Nullable Long deployment,
    @Nullable String text) {}

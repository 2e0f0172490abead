package io.cite.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A resource as it was read, with the version to name when changing it: the change is refused
 * (status 412) if somebody else was faster.
 *
 * @param value the resource
 * @param etag its version; absent if the server gave none
 * @param <T> kind of resource
 */
public record ETagged<T>(T value, @Nullable String etag) {}

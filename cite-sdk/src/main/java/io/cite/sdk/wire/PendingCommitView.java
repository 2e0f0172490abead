package io.cite.sdk.wire;

import org.jspecify.annotations.Nullable;

/**
 * The newest commit that could be live and is not.
 *
 * @param build number of the build that made its image; null if it is not built
 * @param reason why it is not live
 * @param order what makes it live, or lets it; null if the server goes on by itself
 */
public record PendingCommitView(
    String commit, @Nullable Long build, String reason, @Nullable OrderView order) {}

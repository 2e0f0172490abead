package io.cite.server.web.view;

import org.jspecify.annotations.Nullable;

/**
 * Something that is under way.
 *
 * @param href its page
 * @param done pods that are ready; null if that is not counted
 * @param all pods that are wanted
 */
public record Progress(String href, String text, @Nullable Integer done, int all) {}

package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links to the pages before and after a page of a list.
 *
 * @param range which lines are shown, in words
 */
public record Pager(@Nullable String before, @Nullable String after, String range) {
  /** A part of a list. */
  public static <T> List<T> part(List<T> all, int page, int size) {
    int from = Math.min(all.size(), page * size);
    return all.subList(from, Math.min(all.size(), from + size));
  }
}

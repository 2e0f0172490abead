package io.cite.server.web;

import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Link;
import io.cite.server.web.view.RecordsPage.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows of a long list.
 *
 * @param next where the rest begins; null if there is none
 */
record Part(List<Line> lines, @Nullable String next) {
  private static final int SHOWN = 100;
  private static final int CHUNK = 200;
  private static final int MAX_SCANNED = 5_000;

  Part {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a list piece by piece until there is enough to show.
   *
   * @param after the position of the last item of the part before; null begins with the first
   * @param line null for an item that is not shown
   */
  static <T> Part read(
      @Nullable String after,
      BiFunction<@Nullable String, Integer, List<T>> read,
      Function<T, String> position,
      Function<T, @Nullable Line> line) {
    List<Line> lines = new ArrayList<>();
    String last = after;
    for (int scanned = 0; scanned < MAX_SCANNED; scanned += CHUNK) {
      List<T> chunk = read.apply(last, CHUNK);
      for (T item : chunk) {
        if (lines.size() == SHOWN) {
          return new Part(lines, last);
        }
        last = position.apply(item);
        Line shown = line.apply(item);
        if (shown != null) {
          lines.add(shown);
        }
      }
      if (chunk.size() < CHUNK) {
        return new Part(lines, null);
      }
    }
    return new Part(lines, last);
  }

  /** The way to the rest. */
  @Nullable Link older(Texts t, String path, String search) {
    return next == null
        ? null
        : new Link(
            new Query(path, Map.of("q", search, "before", next)).href(), t.of("records.older"));
  }
}

package io.cite.server.http;

import io.cite.core.error.InvalidInput;
import io.cite.sdk.wire.PageView;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param after what the part before ended with; null from the beginning
 * @param limit at most so many
 */
record Paging(@Nullable String after, int limit) {
  static final String[] PARAMETERS = {"limit", "cursor"};

  private static final int DEFAULT = 50;
  private static final int MAX = 200;
  private static final int CHUNK = 200;
  private static final int MAX_SCANNED = 5_000;

  static Paging of(Context ctx) {
    return new Paging(cursor(ctx.queryParam("cursor")), limit(ctx.queryParam("limit")));
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // reported below, in the same words as a number out of range
    }
    throw Paths.wrong("limit", "a number from 1 to " + MAX);
  }

  private static @Nullable String cursor(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Paths.wrong("cursor", "the nextCursor of an earlier answer");
    }
  }

  /** The number that the part before ended with. */
  @Nullable Long afterNumber() {
    try {
      return after == null ? null : Long.valueOf(after);
    } catch (NumberFormatException e) {
      throw wrongCursor();
    }
  }

  static InvalidInput wrongCursor() {
    return new InvalidInput("The query parameter 'cursor' must be an earlier answer's nextCursor");
  }

  /**
   * This part of a list that is there as a whole.
   *
   * @param id what tells items apart
   */
  <T, W> PageView<W> of(List<T> all, Function<T, String> id, Function<T, W> view) {
    int from = 0;
    if (after != null) {
      while (from < all.size() && !id.apply(all.get(from)).equals(after)) {
        from++;
      }
      from++;
    }
    List<W> items = new ArrayList<>();
    int next = from;
    while (next < all.size() && items.size() < limit) {
      items.add(view.apply(all.get(next++)));
    }
    return page(items, next < all.size() ? id.apply(all.get(next - 1)) : null);
  }

  /**
   * This part of a list that is read piece by piece, and of which not everything may be seen. It is
   * shorter than it could be where much may not be.
   *
   * @param read a piece: after which position, and at most how many
   * @param position where an item stands in the list
   */
  <T, W> PageView<W> among(
      BiFunction<@Nullable String, Integer, List<T>> read,
      Function<T, String> position,
      Predicate<T> seen,
      Function<T, W> view) {
    List<W> items = new ArrayList<>();
    String last = after;
    for (int scanned = 0; scanned < MAX_SCANNED; scanned += CHUNK) {
      List<T> chunk = read.apply(last, CHUNK);
      for (T item : chunk) {
        last = position.apply(item);
        if (seen.test(item)) {
          items.add(view.apply(item));
          if (items.size() == limit) {
            return page(items, last);
          }
        }
      }
      if (chunk.size() < CHUNK) {
        return page(items, null);
      }
    }
    return page(items, last);
  }

  static <W> PageView<W> page(List<W> items, @Nullable String last) {
    String cursor =
        last == null
            ? null
            : Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.getBytes(StandardCharsets.UTF_8));
    return new PageView<>(items, cursor);
  }
}

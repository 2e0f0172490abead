package io.cite.sdk;

import io.cite.sdk.wire.PageView;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list of the server that is fetched part by part as it is walked; nothing is asked for before
 * the first element is. Each iteration starts anew. Walking fails like any request does.
 *
 * @param <T> kind of item
 */
public final class Paged<T> implements Iterable<T> {
  private final Function<@Nullable String, PageView<T>> fetch;

  Paged(Function<@Nullable String, PageView<T>> fetch) {
    this.fetch = fetch;
  }

  /** The items as a lazy stream. */
  public Stream<T> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private Iterator<T> part = java.util.Collections.emptyIterator();
      private @Nullable String cursor;
      private boolean more = true;

      @Override
      public boolean hasNext() {
        while (!part.hasNext() && more) {
          PageView<T> page = fetch.apply(cursor);
          String next = page.nextCursor();
          more = next != null && !next.equals(cursor);
          cursor = next;
          part = page.items().iterator();
        }
        return part.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return part.next();
      }
    };
  }
}

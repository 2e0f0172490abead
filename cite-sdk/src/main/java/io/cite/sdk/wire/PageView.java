package io.cite.sdk.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; absent on the last
 * @param <T> the kind of item
 */
public record PageView<T>(List<T> items, @Nullable String nextCursor) {
  public PageView {
    items = Wire.list(items);
  }
}

package io.cite.core.port;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a document may consist of, checked in one place for all stores: strings, booleans, whole
 * numbers, lists and string-keyed maps, without nulls.
 */
public final class Documents {
  private static final int MOST_LEVELS = 64;

  private Documents() {}

  /**
   * A deep copy that nobody can change. Whole numbers of any type become {@code Long}.
   *
   * @throws IllegalArgumentException if something is in it that a document cannot hold
   */
  public static Map<String, Object> copyOf(Map<?, ?> document) {
    return map(document, 0);
  }

  private static Map<String, Object> map(Map<?, ?> map, int level) {
    if (level > MOST_LEVELS) {
      throw new IllegalArgumentException("A document has at most " + MOST_LEVELS + " levels");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("A document's keys are strings, not " + type(key));
          }
          copy.put(name, value(value, level));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object value(@Nullable Object value, int level) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, level + 1);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      for (Object element : list) {
        copy.add(value(element, level + 1));
      }
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException("A document cannot hold " + type(value));
  }

  private static String type(@Nullable Object value) {
    return value == null ? "null" : "a " + value.getClass().getSimpleName();
  }
}

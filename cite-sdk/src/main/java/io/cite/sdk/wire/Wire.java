package io.cite.sdk.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few conversions that every record here shares. */
final class Wire {
  private Wire() {}

  static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  static Map<String, String> map(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  static @Nullable Map<String, String> mapOrNull(@Nullable Map<String, String> given) {
    return given == null ? null : map(given);
  }

  static @Nullable Map<String, @Nullable String> withNulls(
      @Nullable Map<String, @Nullable String> given) {
    return given == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  static <T> @Nullable List<T> listOrNull(@Nullable List<T> given) {
    return given == null ? null : List.copyOf(given);
  }

  /** Names without values, for the text form of records that carry secrets. */
  static String masked(@Nullable Map<String, ? extends @Nullable String> secrets) {
    return secrets == null ? "null" : secrets.keySet() + "=***";
  }

  /** The constant of that name, or the fallback: a newer server may know more states than we do. */
  static <E extends Enum<E>> E constant(Class<E> type, @Nullable String name, E fallback) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    return fallback;
  }
}

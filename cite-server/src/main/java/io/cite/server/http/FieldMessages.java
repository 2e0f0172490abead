package io.cite.server.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in words what is wrong with a request body, and what would be right. */
final class FieldMessages {
  private static final int SAME_START = 3;
  private static final int LONGEST = 80;

  private FieldMessages() {}

  /** Of a field that the body may not have. */
  static String unknown(UnrecognizedPropertyException e) {
    String name = e.getPropertyName();
    String suggestion =
        similar(name, e.getKnownPropertyIds())
            .map(known -> " Did you mean '" + known + "'?")
            .orElse("");
    return "Unknown field '" + shortened(name) + "'." + suggestion;
  }

  private static Optional<String> similar(String name, @Nullable Collection<Object> known) {
    String plain = plain(name);
    if (known == null || plain.length() < SAME_START) {
      return Optional.empty();
    }
    String start = plain.substring(0, SAME_START);
    return known.stream()
        .map(String::valueOf)
        .filter(other -> plain(other).startsWith(start))
        .sorted()
        .findFirst();
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  /** Of a body that cannot be read as what it should be. */
  static String malformed(JacksonException e) {
    String field = path(e);
    if (e instanceof StreamReadException) {
      return "The request body is malformed: it is not valid JSON" + place(e) + ".";
    }
    if (e instanceof InvalidNullException) {
      return "The field '" + shortened(field) + "' has a null where a value is required.";
    }
    if (e instanceof MismatchedInputException mismatch && !field.isEmpty()) {
      return "The field '" + shortened(field) + "' must be " + expected(mismatch) + ".";
    }
    return field.isEmpty()
        ? "The request body is malformed: it must be a JSON object."
        : "The field '" + shortened(field) + "' is not valid.";
  }

  private static String expected(MismatchedInputException mismatch) {
    Class<?> type = mismatch.getTargetType();
    if (type == null) {
      return "another kind of value";
    }
    if (type == int.class || type == long.class || Number.class.isAssignableFrom(type)) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a string";
    }
    if (type.isEnum()) {
      return "one of " + List.of(type.getEnumConstants());
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another value";
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    e.getPath()
        .forEach(
            part -> {
              if (part.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(part.getPropertyName());
              } else {
                path.append('[').append(part.getIndex()).append(']');
              }
            });
    return path.toString();
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}

package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values that were set, by key, read in their forms. A mistake is noted, not thrown, and a
 * placeholder answered, so that all mistakes can be reported at once.
 */
final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final Map<String, JsonNode> given;
  private final List<String> mistakes;

  Values(Map<String, JsonNode> given, List<String> mistakes) {
    this.given = Map.copyOf(given);
    this.mistakes = mistakes;
  }

  void mistake(ConfigurationKey key, String what) {
    mistakes.add(key.name() + " " + what);
  }

  boolean has(ConfigurationKey key) {
    return given.containsKey(key.name());
  }

  @Nullable JsonNode tree(ConfigurationKey key) {
    return given.get(key.name());
  }

  @Nullable String optional(ConfigurationKey key) {
    JsonNode node = given.get(key.name());
    if (node == null || node.isNull() || (node.isString() && node.asString().isBlank())) {
      if (key.required()) {
        mistake(key, "must be set: " + key.description());
      }
      return key.fallback();
    }
    if (!node.isValueNode()) {
      mistake(key, "must be a single value, not a " + (node.isArray() ? "list" : "map"));
      return key.fallback();
    }
    return node.asString().strip();
  }

  String text(ConfigurationKey key) {
    String value = optional(key);
    return value == null ? "" : value;
  }

  @Nullable Secret secret(ConfigurationKey key) {
    String value = optional(key);
    return value == null ? null : Secret.of(value);
  }

  @Nullable Path file(ConfigurationKey key) {
    String value = optional(key);
    return value == null ? null : Path.of(value);
  }

  int number(ConfigurationKey key, int min, int max) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, in the same words as a number out of range
    }
    mistake(key, "must be a whole number from " + min + " to " + max + ", not '" + value + "'");
    return min;
  }

  @Nullable Integer optionalNumber(ConfigurationKey key, int min, int max) {
    return optional(key) == null ? null : Integer.valueOf(number(key, min, max));
  }

  boolean flag(ConfigurationKey key) {
    String value = text(key);
    if (!value.equals("true") && !value.equals("false")) {
      mistake(key, "must be true or false, not '" + value + "'");
    }
    return value.equals("true");
  }

  String choice(ConfigurationKey key) {
    String value = text(key);
    if (!key.choices().contains(value)) {
      mistake(key, "must be one of " + String.join(", ", key.choices()) + ", not '" + value + "'");
    }
    return value;
  }

  Duration duration(ConfigurationKey key) {
    String value = text(key);
    Matcher matcher = DURATION.matcher(value);
    try {
      if (matcher.matches()) {
        long count = Long.parseLong(matcher.group(1));
        Duration duration =
            switch (matcher.group(2)) {
              case "ms" -> Duration.ofMillis(count);
              case "s" -> Duration.ofSeconds(count);
              case "m" -> Duration.ofMinutes(count);
              case "h" -> Duration.ofHours(count);
              default -> Duration.ofDays(count);
            };
        if (!duration.isZero()) {
          return duration;
        }
      } else if (value.startsWith("P")) {
        Duration duration = Duration.parse(value);
        if (!duration.isNegative() && !duration.isZero()) {
          return duration;
        }
      }
    } catch (DateTimeParseException e) {
      // reported below, in the same words as any other text
    }
    mistake(key, "must be a duration such as 500ms, 30s, 5m, 12h or 7d, not '" + value + "'");
    return Duration.ofSeconds(1);
  }

  @Nullable URI url(ConfigurationKey key) {
    String value = optional(key);
    if (value == null) {
      return null;
    }
    URI uri = parse(value);
    if (uri == null) {
      mistake(
          key, "must be an http or https URL with a host and without a user, not '" + value + "'");
    }
    return uri;
  }

  URI requiredUrl(ConfigurationKey key) {
    URI uri = url(key);
    return uri == null ? URI.create("http://unset.invalid") : uri;
  }

  List<String> list(ConfigurationKey key) {
    JsonNode node = given.get(key.name());
    List<String> values = new ArrayList<>();
    if (node == null || node.isNull()) {
      if (key.required()) {
        mistake(key, "must be set: " + key.description());
      }
      return List.of();
    }
    if (node.isArray()) {
      for (JsonNode item : node) {
        if (item.isValueNode() && !item.asString().isBlank()) {
          values.add(item.asString().strip());
        } else {
          mistake(key, "must be a list of plain values");
        }
      }
    } else if (node.isValueNode()) {
      for (String part : node.asString().split(",")) {
        if (!part.isBlank()) {
          values.add(part.strip());
        }
      }
    } else {
      mistake(key, "must be a list");
    }
    return List.copyOf(values);
  }

  private static @Nullable URI parse(String value) {
    try {
      String bare = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
      URI uri = URI.create(bare);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getUserInfo() == null ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

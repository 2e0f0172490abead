package io.cite.server.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the operator can set. The keys drive reading, the names of environment variables
 * and the check of {@code docs/configuration.md}.
 *
 * @param name dotted, as in the file
 * @param fallback what holds if it is not set; null if there is nothing
 * @param choices the words allowed, for {@link Kind#CHOICE}
 * @param required whether CITE does not start without it
 */
public record ConfigurationKey(
    String name,
    Kind kind,
    @Nullable String fallback,
    List<String> choices,
    boolean required,
    String description) {

  /** The form of a value. */
  public enum Kind {
    TEXT,
    SECRET,
    NUMBER,
    FLAG,
    DURATION,
    URL,
    FILE,
    LIST,
    CHOICE,
    TOKENS;

    /** The word in the documentation. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ConfigurationKey {
    choices = List.copyOf(choices);
  }

  static ConfigurationKey of(String name, Kind kind, String fallback, String description) {
    return new ConfigurationKey(name, kind, fallback, List.of(), false, description);
  }

  static ConfigurationKey optional(String name, Kind kind, String description) {
    return new ConfigurationKey(name, kind, null, List.of(), false, description);
  }

  static ConfigurationKey required(String name, Kind kind, String description) {
    return new ConfigurationKey(name, kind, null, List.of(), true, description);
  }

  /** One of several words; the first is the default. */
  static ConfigurationKey choice(String name, List<String> choices, String description) {
    return new ConfigurationKey(name, Kind.CHOICE, choices.get(0), choices, false, description);
  }

  /** The environment variable that sets it: {@code CITE_GITHUB_TOKEN} for {@code github.token}. */
  public String environmentName() {
    return "CITE_"
        + name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}

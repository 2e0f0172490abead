package io.cite.server.config;

import io.cite.server.config.ConfigurationKey.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Who may use the API. */
public record ApiConfiguration(List<ApiToken> tokens) {
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final Pattern SERVICES =
      Pattern.compile("\\*|[a-z0-9-]{1,63}/(?:\\*|[a-z0-9-]{1,63})");
  private static final Set<String> FIELDS = Set.of("name", "sha256", "scopes", "login", "expires");
  private static final Set<String> SCOPE_FIELDS = Set.of("services", "verbs");
  private static final ConfigurationKey TOKENS =
      ConfigurationKey.optional(
          "api.tokens",
          Kind.TOKENS,
          "API tokens, each with name, sha256, scopes, expires and, if wanted, login");

  static final List<ConfigurationKey> KEYS = List.of(TOKENS);

  public ApiConfiguration {
    tokens = List.copyOf(tokens);
  }

  static ApiConfiguration from(Values values, Instant now) {
    JsonNode node = values.tree(TOKENS);
    List<ApiToken> tokens = new ArrayList<>();
    if (node == null || node.isNull()) {
      return new ApiConfiguration(tokens);
    }
    if (!node.isArray()) {
      values.mistake(TOKENS, "must be a list");
      return new ApiConfiguration(tokens);
    }
    Set<String> names = new HashSet<>();
    int index = 0;
    for (JsonNode item : node) {
      ApiToken token = token(values, item, "[" + index++ + "]", now);
      if (!names.add(token.name())) {
        values.mistake(TOKENS, "has two tokens named '" + token.name() + "'");
      }
      tokens.add(token);
    }
    return new ApiConfiguration(tokens);
  }

  private static ApiToken token(Values values, JsonNode item, String where, Instant now) {
    unknown(values, item, FIELDS, where);
    String name = text(item, "name");
    if (!NAME.matcher(name).matches()) {
      values.mistake(TOKENS, where + ".name must be 1 to 64 letters, digits and . _ @ -");
    }
    String sha256 = text(item, "sha256").toLowerCase(Locale.ROOT);
    if (!SHA256.matcher(sha256).matches()) {
      values.mistake(TOKENS, where + ".sha256 must be 64 hexadecimal digits");
    }
    List<ApiToken.Scope> scopes = new ArrayList<>();
    for (JsonNode scope : item.path("scopes")) {
      scopes.add(scope(values, scope, where + ".scopes"));
    }
    if (scopes.isEmpty()) {
      values.mistake(TOKENS, where + ".scopes must be a list with services and verbs");
    }
    String login = text(item, "login");
    return new ApiToken(
        name, sha256, scopes, login.isEmpty() ? null : login, expiry(values, item, where, now));
  }

  private static ApiToken.Scope scope(Values values, JsonNode scope, String where) {
    unknown(values, scope, SCOPE_FIELDS, where);
    List<String> services = texts(scope.path("services"));
    if (services.isEmpty() || !services.stream().allMatch(s -> SERVICES.matcher(s).matches())) {
      values.mistake(TOKENS, where + ".services must be a list of *, owner/* or owner/service");
    }
    ApiToken.Verb strongest = null;
    for (String word : texts(scope.path("verbs"))) {
      ApiToken.Verb verb = verb(word);
      if (verb == null) {
        values.mistake(TOKENS, where + ".verbs has '" + word + "', not read, push or admin");
      } else if (strongest == null || verb.compareTo(strongest) > 0) {
        strongest = verb;
      }
    }
    if (strongest == null) {
      values.mistake(TOKENS, where + ".verbs must be a list of read, push and admin");
    }
    return new ApiToken.Scope(services, strongest == null ? ApiToken.Verb.READ : strongest);
  }

  private static ApiToken.@org.jspecify.annotations.Nullable Verb verb(String word) {
    for (ApiToken.Verb verb : ApiToken.Verb.values()) {
      if (verb.name().toLowerCase(Locale.ROOT).equals(word)) {
        return verb;
      }
    }
    return null;
  }

  private static Instant expiry(Values values, JsonNode item, String where, Instant now) {
    String text = text(item, "expires");
    try {
      Instant expires =
          text.length() == "2026-01-31".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
      if (!expires.isAfter(now.plus(LONGEST))) {
        return expires;
      }
    } catch (DateTimeParseException e) {
      // reported below, in the same words as a time too far away
    }
    values.mistake(
        TOKENS,
        where
            + ".expires must be a time within the next "
            + LONGEST.toDays()
            + " days, such as 2026-01-31 or 2026-01-31T12:00:00Z");
    return Instant.EPOCH;
  }

  private static void unknown(Values values, JsonNode item, Set<String> known, String where) {
    for (String field : item.propertyNames()) {
      if (!known.contains(field)) {
        values.mistake(TOKENS, where + " has an unknown field '" + field + "'");
      }
    }
  }

  private static String text(JsonNode item, String field) {
    JsonNode node = item.path(field);
    return node.isValueNode() && !node.isNull() ? node.asString().strip() : "";
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node) {
      texts.add(item.isValueNode() ? item.asString().strip() : "");
    }
    return texts;
  }
}

package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Keys that seal secrets at rest, base64 of 32 bytes or more each.
 *
 * @param key seals and opens
 * @param previousKeys only open what they sealed earlier
 */
public record SecurityConfiguration(Secret key, List<Secret> previousKeys) {
  private static final int KEY_BYTES = 32;
  private static final ConfigurationKey KEY =
      ConfigurationKey.required(
          "security.key",
          Kind.SECRET,
          "Key that encrypts stored secrets and signs the audit trail: base64 of 32 random bytes or more");
  private static final ConfigurationKey PREVIOUS =
      ConfigurationKey.optional(
          "security.previousKeys",
          Kind.LIST,
          "Earlier keys, each in base64. With them, CITE still decrypts what they encrypted");

  static final List<ConfigurationKey> KEYS = List.of(KEY, PREVIOUS);

  static SecurityConfiguration from(Values values) {
    String key = values.text(KEY);
    if (!key.isEmpty()) {
      check(values, KEY, key);
    }
    List<Secret> previous = new ArrayList<>();
    for (String earlier : values.list(PREVIOUS)) {
      check(values, PREVIOUS, earlier);
      previous.add(Secret.of(earlier));
    }
    return new SecurityConfiguration(Secret.of(key), List.copyOf(previous));
  }

  private static void check(Values values, ConfigurationKey key, String text) {
    try {
      if (Base64.getDecoder().decode(text).length >= KEY_BYTES) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // reported below, without showing the value
    }
    values.mistake(key, "must be base64 of at least " + KEY_BYTES + " bytes");
  }
}

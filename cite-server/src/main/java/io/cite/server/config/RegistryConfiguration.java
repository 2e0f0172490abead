package io.cite.server.config;

import io.cite.core.domain.service.Secret;
import io.cite.server.config.ConfigurationKey.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where images are kept.
 *
 * @param url null: images are neither checked nor pinned by digest
 * @param prefix what image names begin with, such as {@code registry.example.com/team}; null: the
 *     URL's host and port
 */
public record RegistryConfiguration(
    @Nullable URI url,
    @Nullable String prefix,
    @Nullable String user,
    @Nullable Secret password,
    Duration timeout) {
  private static final ConfigurationKey URL =
      ConfigurationKey.optional(
          "registry.url",
          Kind.URL,
          "URL of the image registry. Without it, CITE does not check that an image exists");
  private static final ConfigurationKey PREFIX =
      ConfigurationKey.optional(
          "registry.prefix",
          Kind.TEXT,
          "Prefix of image names. Without it, the host and port of registry.url");
  private static final ConfigurationKey USER =
      ConfigurationKey.optional("registry.user", Kind.TEXT, "User name for the registry");
  private static final ConfigurationKey PASSWORD =
      ConfigurationKey.optional("registry.password", Kind.SECRET, "Password for the registry");
  private static final ConfigurationKey TIMEOUT =
      ConfigurationKey.of("registry.timeout", Kind.DURATION, "10s", "Timeout of a call");

  static final List<ConfigurationKey> KEYS = List.of(URL, PREFIX, USER, PASSWORD, TIMEOUT);

  static RegistryConfiguration from(Values values) {
    if (values.has(USER) != values.has(PASSWORD)) {
      values.mistake(USER, "and registry.password must be set together");
    }
    return new RegistryConfiguration(
        values.url(URL),
        values.optional(PREFIX),
        values.optional(USER),
        values.secret(PASSWORD),
        values.duration(TIMEOUT));
  }
}

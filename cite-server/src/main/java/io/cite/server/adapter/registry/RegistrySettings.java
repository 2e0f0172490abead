package io.cite.server.adapter.registry;

import io.cite.core.domain.service.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the registry is.
 *
 * @param url its root, such as {@code https://registry.example.com}; asked for every image,
 *     whatever host the image's name begins with, because pods may know it by another name
 * @param username null if images may be read by anyone
 * @param password of that user, or a token
 * @param timeout how long a call may take
 */
public record RegistrySettings(
    URI url, @Nullable String username, @Nullable Secret password, Duration timeout) {
  /** How long a call may take unless somebody says otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A registry that anyone may read, with the usual timeout. */
  public RegistrySettings(URI url) {
    this(url, null, null, TIMEOUT);
  }
}

package io.cite.server.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A path of this server, where a browser may be sent to. */
final class LocalPath {
  private static final String ROOT = "/";

  private LocalPath() {}

  /** The path and query, or the root if the text is anything else than these. */
  static String of(@Nullable String text) {
    if (text == null
        || !text.startsWith(ROOT)
        || text.startsWith("//")
        || text.indexOf('\\') >= 0
        || text.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
      return ROOT;
    }
    try {
      URI uri = URI.create(text);
      return uri.getRawAuthority() == null && uri.getScheme() == null ? text : ROOT;
    } catch (IllegalArgumentException e) {
      return ROOT;
    }
  }
}

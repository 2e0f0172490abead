package io.cite.server.web.view;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A link with its text. */
public record Link(String href, String text) {
  /** A link out of CITE; null unless it is a web address, because it may come from anybody. */
  public static @Nullable Link external(@Nullable String href, String text) {
    if (href == null) {
      return null;
    }
    try {
      URI uri = URI.create(href);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getUserInfo() == null
          ? new Link(uri.toString(), text)
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

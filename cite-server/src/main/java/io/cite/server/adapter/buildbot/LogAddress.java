package io.cite.server.adapter.buildbot;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of Buildbot's, recognised in a URL. The URL comes from a commit status, which anyone with
 * push permission can write; so nothing of it is used but the log's path below the configured root.
 *
 * @param resource the log's resource in the REST API
 * @see <a href="https://docs.buildbot.net/latest/developer/rest.html">Buildbot's REST API</a>
 */
record LogAddress(URI resource) {
  private static final Pattern PATH =
      Pattern.compile(
          "(api/v2/(?:[A-Za-z0-9_-]+/)*logs/[A-Za-z0-9_-]+)(?:/contents|/raw|/raw_inline)?");

  /** Empty if the URL is not that of a log of this Buildbot. */
  static Optional<LogAddress> parse(String url, URI root) {
    URI uri;
    try {
      uri = URI.create(url.strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String path = uri.getRawPath();
    if (!origin(uri).equals(origin(root))
        || uri.getRawUserInfo() != null
        || path == null
        || !path.startsWith(root.getRawPath())) {
      return Optional.empty();
    }
    Matcher matcher = PATH.matcher(path.substring(root.getRawPath().length()));
    return matcher.matches()
        ? Optional.of(new LogAddress(root.resolve(matcher.group(1))))
        : Optional.empty();
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    return scheme + "://" + host + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
  }

  /** Some of the log's lines. */
  URI contents(long firstLine, long lines) {
    return URI.create(resource + "/contents?offset=" + firstLine + "&limit=" + lines);
  }
}

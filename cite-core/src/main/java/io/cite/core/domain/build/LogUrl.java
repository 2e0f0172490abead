package io.cite.core.domain.build;

import io.cite.core.error.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the builder keeps a log. It comes from a commit status, which anyone with push permission
 * can write, and is shown to people as a link: so it is a web address and nothing else.
 *
 * @param value an absolute URL with a host, by http or https, at most 2,000 characters
 */
public record LogUrl(String value) {
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_SHOWN = 100;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  public LogUrl {
    String problem = problem(value);
    if (problem != null) {
      throw new InvalidInput("The log URL '" + printable(value) + "' " + problem);
    }
  }

  /** Reads the URL of a log. */
  public static LogUrl parse(String text) {
    return new LogUrl(text);
  }

  /** The URL of a log, if the text is one. */
  public static Optional<LogUrl> find(String text) {
    return problem(text) == null ? Optional.of(new LogUrl(text)) : Optional.empty();
  }

  private static @Nullable String problem(String value) {
    if (value.length() > MAX_LENGTH) {
      return "is longer than " + MAX_LENGTH + " characters";
    }
    try {
      URI uri = new URI(value);
      if (!SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
        return "must begin with http:// or https://";
      }
      return uri.getHost() == null ? "names no host" : null;
    } catch (URISyntaxException e) {
      return "is not a URL";
    }
  }

  private static String printable(String value) {
    String clean = value.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > MAX_SHOWN ? clean.substring(0, MAX_SHOWN) + "..." : clean;
  }

  @Override
  public String toString() {
    return value;
  }
}

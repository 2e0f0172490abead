package io.cite.core.domain.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The description of the builder's commit status, which carries {@code imageName:<image>} on
 * success and {@code logURL:<url>} on failure.
 */
public final class StatusText {
  private static final Pattern IMAGE = Pattern.compile("\\bimageName:(\\S+)");
  private static final Pattern LOG = Pattern.compile("\\blogURL:(\\S+)");

  private StatusText() {}

  /** The name of the image; empty where the description has none. */
  public static Optional<String> image(@Nullable String description) {
    return find(IMAGE, description);
  }

  /** Where the log is; empty where the description does not say, which is legal. */
  public static Optional<String> logUrl(@Nullable String description) {
    return find(LOG, description);
  }

  private static Optional<String> find(Pattern pattern, @Nullable String description) {
    Matcher matcher = pattern.matcher(description == null ? "" : description);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}

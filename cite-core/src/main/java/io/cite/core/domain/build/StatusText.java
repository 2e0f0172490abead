package io.cite.core.domain.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The description of a commit status about a build: the builder's carries {@code imageName:<image>}
 * on success and {@code logURL:<url>} on failure; CITE's own says that it gave the build up.
 */
public final class StatusText {
  private static final Pattern IMAGE = Pattern.compile("\\bimageName:(\\S+)");
  private static final Pattern LOG = Pattern.compile("\\blogURL:(\\S+)");

  private static final String GIVEN_UP = "Given up by CITE: ";

  private StatusText() {}

  /** What CITE says of a build that it gave up. */
  public static String givenUp(String cause) {
    return GIVEN_UP + cause;
  }

  /** Whether CITE said so itself, and not the builder. */
  public static boolean isGivenUp(@Nullable String description) {
    return description != null && description.startsWith(GIVEN_UP);
  }

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

package io.cite.core.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the real servers are that some tests need, by environment variable, and what GitHub
 * publishes. Without it the test is skipped and says what is absent; where {@code
 * CITE_REQUIRE_SERVERS} is {@code true} it fails.
 */
public final class Servers {
  private Servers() {}

  /** The value of the variable, or the end of the test. */
  public static String require(String variable) {
    String value = System.getenv(variable);
    if (value == null || value.isEmpty()) {
      missing(variable + " is not set, so there is no real server to test against");
    }
    return value;
  }

  /**
   * A file or folder that GitHub publishes: the one that the variable names, or else the one of
   * that name in {@code ../shared/github} beside the project; or the end of the test.
   */
  public static Path published(String variable, String name) {
    String value = System.getenv(variable);
    Path path = value == null ? Path.of("..", "..", "shared", "github", name) : Path.of(value);
    if (!Files.exists(path)) {
      missing("There is no " + path + ", and " + variable + " does not name another one");
    }
    return path;
  }

  /** Ends a test whose server is not there: it fails where servers are required. */
  public static void missing(String message) {
    if ("true".equals(System.getenv("CITE_REQUIRE_SERVERS"))) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
  }
}

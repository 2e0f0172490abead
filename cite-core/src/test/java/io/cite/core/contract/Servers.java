package io.cite.core.contract;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Where the real servers are that some tests need, by environment variable. Without the variable
 * the test is skipped and says so; where {@code CITE_REQUIRE_SERVERS} is {@code true} it fails.
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

  /** Ends a test whose server is not there: it fails where servers are required. */
  public static void missing(String message) {
    if ("true".equals(System.getenv("CITE_REQUIRE_SERVERS"))) {
      Assertions.fail(message);
    }
    Assumptions.abort(message);
  }
}

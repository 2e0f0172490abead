package io.cite.core.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A system that CITE depends on failed or refused. A retryable failure may have taken effect:
 * whoever tries again must first look for what the earlier attempt made.
 */
public final class Upstream extends CiteException {
  private final String system;
  private final boolean retryable;
  private final @Nullable Duration retryAfter;

  private Upstream(
      ErrorCode code,
      String system,
      String message,
      boolean retryable,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(code, message, cause);
    this.system = system;
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }

  /** A failure that may go away: a timeout, a refused connection, a 5xx. */
  public static Upstream retryable(
      String system, String operation, String why, @Nullable Throwable cause) {
    return new Upstream(
        ErrorCode.UPSTREAM_FAILED, system, text(system, operation, why), true, null, cause);
  }

  /** A refusal that will end after the given time: a rate limit. */
  public static Upstream limited(
      String system, String operation, String why, Duration retryAfter, @Nullable Throwable cause) {
    return new Upstream(
        ErrorCode.UPSTREAM_FAILED, system, text(system, operation, why), true, retryAfter, cause);
  }

  /** A refusal that will not change by asking again: a 403, a 422. */
  public static Upstream permanent(
      String system, String operation, String why, @Nullable Throwable cause) {
    return new Upstream(
        ErrorCode.UPSTREAM_FAILED, system, text(system, operation, why), false, null, cause);
  }

  /** The metadata store or the audit trail cannot be reached; the caller must not go on. */
  public static Upstream storeUnavailable(
      String system, String operation, String why, @Nullable Throwable cause) {
    return new Upstream(
        ErrorCode.STORE_UNAVAILABLE, system, text(system, operation, why), true, null, cause);
  }

  private static String text(String system, String operation, String why) {
    return "CITE could not "
        + operation
        + " ("
        + system
        + "): "
        + why
        + (why.endsWith(".") ? "" : ".");
  }

  /** The system's name, such as {@code GitHub} or {@code Kubernetes}. */
  public String system() {
    return system;
  }

  /** Whether the same call may succeed later. */
  public boolean isRetryable() {
    return retryable;
  }

  /** How long the system asked to wait, if it said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}

package io.cite.core.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a boundary can translate: it carries a stable code and a message that is safe to
 * show to the caller. Messages say what was tried, what went wrong and, if it helps, what would be
 * right.
 */
public abstract sealed class CiteException extends RuntimeException
    permits InvalidInput, NotFound, Conflict, Forbidden, Upstream {
  private final ErrorCode code;

  CiteException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** What kind of failure this is. */
  public ErrorCode code() {
    return code;
  }

  /** The message; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

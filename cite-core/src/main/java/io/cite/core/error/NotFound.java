package io.cite.core.error;

/** What was asked for does not exist, or the caller may not know that it does. */
public final class NotFound extends CiteException {
  /** A failure of this kind with its default code. */
  public NotFound(String message) {
    this(ErrorCode.NOT_FOUND, message);
  }

  /** A failure of this kind with a more specific code. */
  public NotFound(ErrorCode code, String message) {
    super(code, message, null);
  }
}

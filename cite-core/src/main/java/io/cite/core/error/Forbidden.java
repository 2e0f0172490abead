package io.cite.core.error;

/** The caller is known and may not do this. */
public final class Forbidden extends CiteException {
  /** A failure of this kind with its default code. */
  public Forbidden(String message) {
    this(ErrorCode.FORBIDDEN, message);
  }

  /** A failure of this kind with a more specific code. */
  public Forbidden(ErrorCode code, String message) {
    super(code, message, null);
  }
}

package io.cite.core.error;

/** The caller asked for something that cannot be right; asking again will not help. */
public final class InvalidInput extends CiteException {
  /** A failure of this kind with its default code. */
  public InvalidInput(String message) {
    this(ErrorCode.INVALID_INPUT, message);
  }

  /** A failure of this kind with a more specific code. */
  public InvalidInput(ErrorCode code, String message) {
    super(code, message, null);
  }
}

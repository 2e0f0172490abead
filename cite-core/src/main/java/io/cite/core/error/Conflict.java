package io.cite.core.error;

/** The state of the system does not allow it now: a name is taken, a record changed. */
public final class Conflict extends CiteException {
  /** A failure of this kind with its default code. */
  public Conflict(String message) {
    this(ErrorCode.ALREADY_EXISTS, message);
  }

  /** A failure of this kind with a more specific code. */
  public Conflict(ErrorCode code, String message) {
    super(code, message, null);
  }
}

package io.cite.sdk;

import io.cite.sdk.wire.ProblemView;
import org.jspecify.annotations.Nullable;

/**
 * The server answered with an error. The code is stable and made for programs, the detail is made
 * for people, and the error id finds the same failure in the server's log.
 */
public final class CiteServerException extends CiteClientException {
  /** The code if the answer was not one of CITE's, such as a proxy's error page. */
  public static final String FOREIGN_ANSWER = "foreign-answer";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String detail;
  private final @Nullable String errorId;

  CiteServerException(
      String request,
      int status,
      String code,
      String detail,
      @Nullable String errorId,
      @Nullable Throwable cause) {
    super(
        "%s failed: %s (%d %s%s)"
            .formatted(
                request, detail, status, code, errorId == null ? "" : ", error id " + errorId),
        cause);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errorId = errorId;
  }

  static CiteServerException of(String request, int status, ProblemView problem) {
    String detail = problem.detail() != null ? problem.detail() : problem.title();
    return new CiteServerException(
        request,
        status,
        problem.code() == null ? FOREIGN_ANSWER : problem.code(),
        detail == null ? "the server answered " + status : detail,
        problem.errorId(),
        null);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Stable code of the error, as the error catalogue lists it. */
  public String code() {
    return code;
  }

  /** What happened, in words. */
  public String detail() {
    return detail;
  }

  /** Joins this failure to the server's log. */
  public @Nullable String errorId() {
    return errorId;
  }
}

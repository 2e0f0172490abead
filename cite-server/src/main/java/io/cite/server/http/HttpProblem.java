package io.cite.server.http;

import io.cite.core.error.ErrorCode;
import java.util.Map;

/** A failure that only HTTP knows of, such as a body that is too large. */
final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final int status;
  private final transient Map<String, String> headers;

  HttpProblem(ErrorCode code, String message) {
    this(code, ErrorStatus.of(code), message, Map.of());
  }

  HttpProblem(ErrorCode code, int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  static HttpProblem unauthenticated(String message) {
    return new HttpProblem(
        ErrorCode.UNAUTHENTICATED,
        ErrorStatus.of(ErrorCode.UNAUTHENTICATED),
        message,
        Map.of("WWW-Authenticate", "Bearer realm=\"cite\""));
  }

  /** More requests than are taken; answered with 429. */
  public static HttpProblem tooMany(long seconds) {
    return new HttpProblem(
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorStatus.of(ErrorCode.TOO_MANY_REQUESTS),
        "Too many requests; try again in " + seconds + " seconds",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  ErrorCode code() {
    return code;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }
}

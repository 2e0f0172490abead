package io.cite.server.http;

import io.cite.core.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/** Why a body was not taken in. The request is answered without reaching its route. */
final class BodyRefusal extends RuntimeException implements HttpException {
  private static final long serialVersionUID = 1;
  private static final int TOO_SLOW = 408;

  private final ErrorCode code;
  private final int status;
  private final transient Map<String, String> headers;

  private BodyRefusal(ErrorCode code, int status, String detail, Map<String, String> headers) {
    super(detail, null, true, false);
    this.code = code;
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** The body did not arrive in time. */
  static BodyRefusal tooSlow() {
    return new BodyRefusal(
        ErrorCode.MALFORMED_BODY,
        TOO_SLOW,
        "The request body came too slowly. Nothing was done. Send it again.",
        Map.of());
  }

  /** The body is larger than its route takes. */
  static BodyRefusal tooLarge(int max) {
    return of(ErrorCode.TOO_LARGE, "The request body is larger than " + max + " bytes", Map.of());
  }

  /** Other bodies use up the memory. */
  static BodyRefusal noMemory() {
    return of(
        ErrorCode.OVERLOADED,
        "CITE receives too many large request bodies at the moment. Nothing was done. Send it again.",
        Map.of("Retry-After", "2"));
  }

  /** The body could not be read. */
  static BodyRefusal unreadable(Throwable failure) {
    return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException
        ? tooSlow()
        : of(
            ErrorCode.MALFORMED_BODY,
            "The request body is malformed: it ends early or its chunks are not as announced.",
            Map.of());
  }

  private static BodyRefusal of(ErrorCode code, String detail, Map<String, String> headers) {
    return new BodyRefusal(code, ErrorStatus.of(code), detail, headers);
  }

  ErrorCode code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Override
  public int getCode() {
    return status;
  }

  @Override
  public String getReason() {
    return String.valueOf(getMessage());
  }
}

package io.cite.server.http;

import io.cite.core.error.ErrorCode;

/** The HTTP status and title of each error code. */
final class ErrorStatus {
  private ErrorStatus() {}

  static int of(ErrorCode code) {
    return switch (code) {
      case INVALID_INPUT, UNKNOWN_FIELD, MALFORMED_BODY -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, BAD_SIGNATURE -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case ALREADY_EXISTS,
          WRONG_STATE,
          NAME_COLLISION,
          REUSED_KEY,
          FOREIGN_OBJECT,
          REPOSITORY_REPLACED,
          AMBIGUOUS_COMMIT ->
          409;
      case PRECONDITION_FAILED -> 412;
      case TOO_LARGE -> 413;
      case REPOSITORY_NOT_FOUND,
          BRANCH_NOT_FOUND,
          COMMIT_NOT_FOUND,
          NO_DOCKERFILE,
          UNREADABLE_FILE,
          REPOSITORY_ARCHIVED,
          NO_IMAGE,
          IMAGE_NOT_ALLOWED ->
          422;
      case TOO_MANY_REQUESTS -> 429;
      case INTERNAL -> 500;
      case NOT_CONFIGURED -> 501;
      case UPSTREAM_FAILED -> 502;
      case STORE_UNAVAILABLE, OVERLOADED -> 503;
    };
  }

  /** The code in words: {@code No dockerfile}. */
  static String title(ErrorCode code) {
    String words = code.code().replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}

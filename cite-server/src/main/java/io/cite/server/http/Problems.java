package io.cite.server.http;

import io.cite.core.error.CiteException;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.Upstream;
import io.cite.sdk.wire.ProblemView;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one place where failures become answers. Each gets an id that also stands in the log, where
 * the stack trace is; the answer never has one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problems {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final int SERVER_ERROR = 500;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Problems() {}

  static void answer(Context ctx, Exception failure) {
    answer(ctx, failure, Pages.NONE);
  }

  static void answer(Context ctx, Exception failure, Pages pages) {
    ProblemView problem = describe(ctx, failure);
    if (!pages.show(ctx, problem)) {
      ctx.json(problem);
      ctx.contentType(CONTENT_TYPE);
    }
  }

  private static ProblemView describe(Context ctx, Exception failure) {
    if (failure instanceof HttpProblem problem) {
      problem.headers().forEach(ctx::header);
      return write(
          ctx, problem.code(), problem.status(), String.valueOf(problem.getMessage()), failure);
    } else if (failure instanceof CiteException known) {
      if (known instanceof Upstream upstream) {
        upstream
            .retryAfter()
            .ifPresent(wait -> ctx.header("Retry-After", Long.toString(wait.toSeconds() + 1)));
      }
      return write(ctx, known.code(), ErrorStatus.of(known.code()), known.getMessage(), failure);
    } else if (failure instanceof MethodNotAllowedResponse) {
      return write(
          ctx,
          ErrorCode.METHOD_NOT_ALLOWED,
          ErrorStatus.of(ErrorCode.METHOD_NOT_ALLOWED),
          "This resource does not support the method " + ctx.method().name(),
          failure);
    } else if (failure instanceof HttpResponseException response
        && response.getStatus() < SERVER_ERROR) {
      ErrorCode code = response.getStatus() == 404 ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_INPUT;
      return write(
          ctx,
          code,
          response.getStatus(),
          code == ErrorCode.NOT_FOUND ? "There is no such resource." : "The request is not valid",
          failure);
    } else {
      return write(
          ctx,
          ErrorCode.INTERNAL,
          SERVER_ERROR,
          "CITE failed. Its log has the details under the error id.",
          failure);
    }
  }

  private static ProblemView write(
      Context ctx, ErrorCode code, int status, String detail, Exception failure) {
    String errorId = id();
    // a system that does not answer fails many requests; the sentence says all there is to say
    boolean isOurs = code == ErrorCode.INTERNAL;
    LOG.atLevel(isOurs ? Level.ERROR : status >= SERVER_ERROR ? Level.WARN : Level.DEBUG)
        .setCause(isOurs || LOG.isDebugEnabled() ? failure : null)
        .log(
            "{} {} answered {} {}, error id {}: {}",
            ctx.method().name(),
            ctx.path(),
            status,
            code.code(),
            errorId,
            failure.getMessage());
    ctx.status(status);
    return new ProblemView(
        "urn:cite:error:" + code.code(),
        ErrorStatus.title(code),
        status,
        detail,
        code.code(),
        errorId);
  }

  static String id() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

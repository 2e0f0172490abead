package io.cite.server.http;

import io.cite.core.error.ErrorCode;
import io.cite.sdk.wire.ProblemView;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems for what is refused before a route is reached, such as headers that are too large or a
 * body that comes too slowly.
 */
final class ContainerProblems extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerProblems.class);

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    BodyRefusal refusal =
        request.getAttribute(ERROR_EXCEPTION) instanceof BodyRefusal found ? found : null;
    ErrorCode code = refusal == null ? code(status) : refusal.code();
    String errorId = Problems.id();
    LOG.debug(
        "{} {} answered {} {}, error id {}",
        request.getMethod(),
        request.getHttpURI().getPath(),
        status,
        code.code(),
        errorId);
    ProblemView problem =
        new ProblemView(
            "urn:cite:error:" + code.code(),
            ErrorStatus.title(code),
            status,
            refusal == null
                ? "The request was refused before it reached a resource"
                : refusal.getReason(),
            code.code(),
            errorId);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (refusal != null) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      refusal.headers().forEach(response.getHeaders()::put);
    }
    response.write(true, ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(problem)), callback);
    return true;
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 404 -> ErrorCode.NOT_FOUND;
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 413, 414, 431 -> ErrorCode.TOO_LARGE;
      default -> status >= 500 ? ErrorCode.INTERNAL : ErrorCode.INVALID_INPUT;
    };
  }
}

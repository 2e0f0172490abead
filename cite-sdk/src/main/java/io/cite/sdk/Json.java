package io.cite.sdk;

import io.cite.sdk.wire.PageView;
import io.cite.sdk.wire.ProblemView;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Bodies to and from records; lenient towards servers that are newer or older than this client. */
final class Json {
  private static final int QUOTED_CHARACTERS = 200;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  JavaType type(Class<?> type) {
    return mapper.constructType(type);
  }

  JavaType pageOf(Class<?> item) {
    return mapper.getTypeFactory().constructParametricType(PageView.class, item);
  }

  byte[] write(Object body) {
    return mapper.writeValueAsBytes(body);
  }

  /** Reads the body of a success, or says that the answer is not one of CITE's. */
  <T> T read(String request, HttpResponse<String> answer, JavaType type) {
    JacksonException reason = null;
    try {
      T value = mapper.readValue(answer.body(), type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      reason = e;
    }
    throw new CiteServerException(
        request,
        answer.statusCode(),
        CiteServerException.FOREIGN_ANSWER,
        "the server sent an answer that this client cannot read: " + quote(answer.body()),
        null,
        reason);
  }

  <T> @Nullable T readOrNull(String text, Class<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** Reads a failure; bodies that are no problem+json, as proxies send, are quoted instead. */
  CiteServerException failure(String request, HttpResponse<String> answer) {
    int status = answer.statusCode();
    ProblemView problem =
        answer.body().stripLeading().startsWith("{")
            ? readOrNull(answer.body(), ProblemView.class)
            : null;
    if (problem != null) {
      return CiteServerException.of(request, status, problem);
    }
    String detail = "the server answered " + status;
    return new CiteServerException(
        request,
        status,
        CiteServerException.FOREIGN_ANSWER,
        answer.body().isBlank() ? detail : detail + ": " + quote(answer.body()),
        null,
        null);
  }

  private static String quote(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= QUOTED_CHARACTERS ? line : line.substring(0, QUOTED_CHARACTERS) + "…";
  }
}

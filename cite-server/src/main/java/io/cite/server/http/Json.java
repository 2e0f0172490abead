package io.cite.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import io.cite.core.error.ErrorCode;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON bodies: written with RFC 3339 times, read strictly. What is unknown, doubled, too deep, too
 * large or of another type is refused rather than guessed at.
 */
final class Json {
  static final int MAX_BODY = 1024 * 1024;
  static final int MAX_DEPTH = 64;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  /** Reads a body that must be there. */
  static <T> T read(Context ctx, Class<T> type) {
    byte[] body = BodyIntake.bodyOf(ctx);
    if (body.length == 0) {
      throw new HttpProblem(
          ErrorCode.MALFORMED_BODY, "The request body is missing. It must be a JSON object.");
    }
    return read(ctx, body, type);
  }

  /** Reads a body; without one, as if it were an empty object. */
  static <T> T readOrEmpty(Context ctx, Class<T> type) {
    byte[] body = BodyIntake.bodyOf(ctx);
    return body.length == 0 ? parse(new byte[] {'{', '}'}, type) : read(ctx, body, type);
  }

  /** Refuses a body that says anything; none and an empty object are right. */
  static void readNothing(Context ctx) {
    var unused = readOrEmpty(ctx, EmptyRequest.class);
  }

  /** A body without fields. */
  private record EmptyRequest() {}

  private static <T> T read(Context ctx, byte[] body, Class<T> type) {
    String contentType = ctx.contentType();
    if (contentType == null
        || !contentType.split(";")[0].strip().equalsIgnoreCase("application/json")) {
      throw new HttpProblem(
          ErrorCode.MALFORMED_BODY,
          415,
          "The body must be JSON, with Content-Type: application/json",
          Map.of("Accept", "application/json"));
    }
    return parse(body, type);
  }

  /**
   * The text of a body. Bytes that are not the shortest form of a character are no UTF-8.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-3">RFC 3629, section 3</a>
   */
  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new HttpProblem(
          ErrorCode.MALFORMED_BODY, "The request body is malformed: it is not text in UTF-8.");
    }
  }

  private static <T> T parse(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(text(body), type);
      if (value == null) {
        throw new HttpProblem(
            ErrorCode.MALFORMED_BODY, "The request body must be an object, not null");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw new HttpProblem(ErrorCode.UNKNOWN_FIELD, FieldMessages.unknown(e));
    } catch (StreamConstraintsException e) {
      throw new HttpProblem(
          ErrorCode.MALFORMED_BODY,
          "The request body is nested more than "
              + MAX_DEPTH
              + " levels deep or has a value that is too long.");
    } catch (JacksonException e) {
      throw new HttpProblem(ErrorCode.MALFORMED_BODY, FieldMessages.malformed(e));
    }
  }
}

package io.cite.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import io.cite.core.error.ErrorCode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
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

  private static final int TOO_SLOW = 408;
  private static final long MAX_DISCARDED = 8L * 1024 * 1024;

  private Json() {}

  /** Reads a body that must be there. */
  static <T> T read(Context ctx, Class<T> type) {
    byte[] body = bytes(ctx);
    if (body.length == 0) {
      throw new HttpProblem(
          ErrorCode.MALFORMED_BODY, "The request body is missing. It must be a JSON object.");
    }
    return read(ctx, body, type);
  }

  /** Reads a body; without one, as if it were an empty object. */
  static <T> T readOrEmpty(Context ctx, Class<T> type) {
    byte[] body = bytes(ctx);
    return body.length == 0 ? parse(new byte[] {'{', '}'}, type) : read(ctx, body, type);
  }

  /** Refuses a body that says anything; none and an empty object are right. */
  static void readNothing(Context ctx) {
    var unused = readOrEmpty(ctx, EmptyRequest.class);
  }

  /** A body without fields. */
  private record EmptyRequest() {}

  /** The whole body, at most {@link #MAX_BODY}; may be asked for several times. */
  static byte[] bytes(Context ctx) {
    byte[] known = ctx.attribute("cite.body");
    if (known != null) {
      return known;
    }
    byte[] body = bounded(ctx, MAX_BODY);
    ctx.attribute("cite.body", body);
    return body;
  }

  /** The raw body, refused by its announced length before it is read, and while it is read. */
  static byte[] bounded(Context ctx, int max) {
    long announced = ctx.req().getContentLengthLong();
    if (announced > Math.max(max, MAX_DISCARDED)) {
      throw tooLarge(max);
    }
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] body = announced > max ? new byte[0] : in.readNBytes(max + 1);
      if (announced > max || body.length > max) {
        discard(in);
        throw tooLarge(max);
      }
      return body;
    } catch (HttpException.RuntimeException e) {
      throw unreadable(e.getCode());
    } catch (IOException e) {
      throw new HttpProblem(ErrorCode.MALFORMED_BODY, "The request body ended too early");
    }
  }

  /** Reads on, but not for ever: who is still sending when the answer comes may never see it. */
  private static void discard(InputStream in) throws IOException {
    long left = MAX_DISCARDED;
    long skipped = in.skip(left);
    while (skipped > 0 && left > skipped) {
      left -= skipped;
      skipped = in.skip(left);
    }
  }

  private static HttpProblem unreadable(int status) {
    return status == TOO_SLOW
        ? new HttpProblem(
            ErrorCode.MALFORMED_BODY,
            TOO_SLOW,
            "The request body came too slowly. Nothing was done. Send it again.",
            Map.of("Connection", "close"))
        : new HttpProblem(
            ErrorCode.MALFORMED_BODY,
            "The request body is malformed: it ends early or its chunks are not as announced.");
  }

  private static HttpProblem tooLarge(int max) {
    return new HttpProblem(
        ErrorCode.TOO_LARGE,
        ErrorStatus.of(ErrorCode.TOO_LARGE),
        "The request body is larger than " + max + " bytes",
        Map.of("Connection", "close"));
  }

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

  private static <T> T parse(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
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

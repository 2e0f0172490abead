package io.cite.server.http;

import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * ETags of settings: their revision as a strong entity tag.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section 13</a>
 */
final class ETags {
  private ETags() {}

  static void tell(Context ctx, long revision) {
    if (revision > 0) {
      ctx.header("ETag", "\"" + revision + "\"");
    }
  }

  /**
   * The revision that the caller has seen; null where they did not say or do not mind.
   *
   * @throws Conflict for a tag that was never given out
   */
  static @Nullable Long seen(Context ctx) {
    String tag = ctx.header("If-Match");
    if (tag == null || tag.strip().equals("*")) {
      return null;
    }
    String text = tag.strip();
    try {
      if (text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")) {
        return Long.valueOf(text.substring(1, text.length() - 1));
      }
    } catch (NumberFormatException e) {
      // told below, as any other tag that was never given out
    }
    throw changed();
  }

  /** Requires that the caller has seen this revision, or did not say what they have seen. */
  static void require(Context ctx, long revision) {
    Long seen = seen(ctx);
    if (seen != null && seen != revision) {
      throw changed();
    }
  }

  private static Conflict changed() {
    return new Conflict(
        ErrorCode.PRECONDITION_FAILED,
        "The settings were changed since they were read; read them again and repeat the change");
  }
}

package io.cite.server.http;

import io.cite.core.usecase.SeenRevisions;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ETags of settings: their revision as a strong entity tag.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section 13</a>
 */
final class ETags {
  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
  private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");

  private ETags() {}

  static void tell(Context ctx, long revision) {
    if (revision > 0) {
      ctx.header("ETag", "\"" + revision + "\"");
    }
  }

  /**
   * The revisions that the caller has seen. A weak tag and one that was never given out match none.
   */
  static SeenRevisions seen(Context ctx) {
    List<String> lines = Collections.list(ctx.req().getHeaders("If-Match"));
    String tags = String.join(",", lines).strip();
    if (lines.isEmpty() || tags.equals("*")) {
      return SeenRevisions.any();
    }
    Set<Long> revisions = new HashSet<>();
    Matcher tag = TAG.matcher(tags);
    while (tag.find()) {
      if (tag.group(1) == null && REVISION.matcher(tag.group(2)).matches()) {
        revisions.add(Long.valueOf(tag.group(2)));
      }
    }
    return new SeenRevisions(revisions);
  }
}

package io.cite.server.http;

import io.cite.core.error.Forbidden;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Whether a browser sent a request from a page of CITE. A cookie goes with every request to its
 * host, so a request that changes something must show that the person meant it.
 *
 * @see <a
 *     href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html">Cross-site
 *     request forgery</a>
 */
public final class SameOrigin {
  /** The form field that repeats the token. */
  public static final String FIELD = "csrf";

  static final String HEADER = "X-CSRF-Token";

  private SameOrigin() {}

  /**
   * Requires that the browser names this host as the origin of the request.
   *
   * @throws Forbidden if it names another one or none
   */
  public static void require(Context ctx) {
    String origin = ctx.header("Origin");
    boolean same =
        origin == null || origin.equals("null")
            ? "same-origin".equals(ctx.header("Sec-Fetch-Site"))
            : isHost(origin, ctx.header("Host"));
    if (!same) {
      throw new Forbidden(
          "The request does not come from a page of CITE. Open CITE and repeat it.");
    }
  }

  /**
   * Requires the origin and the token of the session.
   *
   * @throws Forbidden if one of them is wrong
   */
  static void require(Context ctx, Session session) {
    require(ctx);
    String sent = ctx.header(HEADER);
    if (sent == null && isForm(ctx)) {
      sent = ctx.formParam(FIELD);
    }
    if (sent == null || !MessageDigest.isEqual(bytes(sent), bytes(session.csrfToken()))) {
      throw new Forbidden("The form has expired. Load the page again and repeat it.");
    }
  }

  private static boolean isHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isForm(Context ctx) {
    String type = ctx.contentType();
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.cite.server.http;

import io.cite.core.port.InstantSource;
import io.cite.server.config.ApiToken;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a bearer token, or else the session of a browser, belongs to. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 */
final class Authenticator {
  private static final int MAX_TOKEN = 512;
  private static final String SCHEME = "bearer ";

  private final Tokens tokens;
  private final OwnerRights rights;
  private final Pages pages;

  Authenticator(List<ApiToken> tokens, OwnerRights rights, InstantSource clock) {
    this(tokens, rights, clock, Pages.NONE);
  }

  Authenticator(List<ApiToken> tokens, OwnerRights rights, InstantSource clock, Pages pages) {
    this.tokens = new Tokens(tokens, clock);
    this.rights = rights;
    this.pages = pages;
  }

  /**
   * Who the request comes from.
   *
   * @throws HttpProblem with 401 if it has no token, an unknown or an expired one
   */
  Principal authenticate(Context ctx) {
    String header = ctx.header("Authorization");
    if (header == null) {
      Optional<Session> session = pages.session(ctx);
      if (session.isPresent()) {
        return new Principal(session.get().rights(), rights, session.get());
      }
      throw HttpProblem.unauthenticated(
          "This request needs an API token: Authorization: Bearer <token>");
    }
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MAX_TOKEN) {
      throw HttpProblem.unauthenticated("The Authorization header must be: Bearer <token>");
    }
    ApiToken token = tokens.known(header.substring(SCHEME.length()).strip());
    if (token == null) {
      throw HttpProblem.unauthenticated("The API token is not known.");
    }
    if (tokens.isExpired(token)) {
      throw HttpProblem.unauthenticated("The API token has expired at " + token.expires());
    }
    return new Principal(token, rights);
  }

  /**
   * Whether {@link #authenticate} may know who sends a request, as far as its headers alone tell.
   *
   * @param authorization the value of the header; null without one
   */
  boolean mayKnow(@Nullable String authorization, boolean hasCookie) {
    if (authorization == null) {
      return hasCookie;
    }
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && authorization.length() <= MAX_TOKEN
        && tokens.find(authorization.substring(SCHEME.length()).strip()).isPresent();
  }

  static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

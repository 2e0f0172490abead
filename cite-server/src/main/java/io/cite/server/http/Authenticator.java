package io.cite.server.http;

import io.cite.core.port.InstantSource;
import io.cite.server.config.ApiToken;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a bearer token belongs to. All known hashes are compared, each in constant time, so
 * that how long it takes tells nothing. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 */
final class Authenticator {
  private static final int MAX_TOKEN = 512;
  private static final String SCHEME = "bearer ";

  private final List<Known> known;
  private final OwnerRights rights;
  private final InstantSource clock;

  private record Known(byte[] sha256, ApiToken token) {}

  Authenticator(List<ApiToken> tokens, OwnerRights rights, InstantSource clock) {
    this.known =
        tokens.stream()
            .map(token -> new Known(HexFormat.of().parseHex(token.sha256()), token))
            .toList();
    this.rights = rights;
    this.clock = clock;
  }

  /**
   * Who the request comes from.
   *
   * @throws HttpProblem with 401 if it has no token, an unknown or an expired one
   */
  Principal authenticate(Context ctx) {
    String header = ctx.header("Authorization");
    if (header == null) {
      throw HttpProblem.unauthenticated("This needs an API token: Authorization: Bearer <token>");
    }
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MAX_TOKEN) {
      throw HttpProblem.unauthenticated("The Authorization header must be: Bearer <token>");
    }
    ApiToken token = find(header.substring(SCHEME.length()).strip());
    if (token == null) {
      throw HttpProblem.unauthenticated("The API token is not known.");
    }
    if (!clock.instant().isBefore(token.expires())) {
      throw HttpProblem.unauthenticated("The API token has expired at " + token.expires());
    }
    return new Principal(token, rights);
  }

  private @Nullable ApiToken find(String presented) {
    byte[] hash = sha256(presented);
    ApiToken found = null;
    for (Known candidate : known) {
      if (MessageDigest.isEqual(candidate.sha256(), hash)) {
        found = candidate.token();
      }
    }
    return found;
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

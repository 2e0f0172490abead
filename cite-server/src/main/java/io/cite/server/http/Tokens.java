package io.cite.server.http;

import io.cite.core.port.InstantSource;
import io.cite.server.config.ApiToken;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API tokens that are known. All hashes are compared, each in constant time, so that how long
 * it takes tells nothing. Thread-safe.
 */
public final class Tokens {
  private final List<Known> known;
  private final InstantSource clock;

  private record Known(byte[] sha256, ApiToken token) {}

  /** These tokens. */
  public Tokens(List<ApiToken> tokens, InstantSource clock) {
    this.known =
        tokens.stream()
            .map(token -> new Known(HexFormat.of().parseHex(token.sha256()), token))
            .toList();
    this.clock = clock;
  }

  /** The token with this text; empty if there is none, or it has expired. */
  public Optional<ApiToken> find(String presented) {
    return Optional.ofNullable(known(presented)).filter(token -> !isExpired(token));
  }

  /** The token with this text, expired or not; null if there is none. */
  @Nullable ApiToken known(String presented) {
    byte[] hash = Authenticator.sha256(presented);
    ApiToken found = null;
    for (Known candidate : known) {
      if (MessageDigest.isEqual(candidate.sha256(), hash)) {
        found = candidate.token();
      }
    }
    return found;
  }

  boolean isExpired(ApiToken token) {
    return !clock.instant().isBefore(token.expires());
  }
}

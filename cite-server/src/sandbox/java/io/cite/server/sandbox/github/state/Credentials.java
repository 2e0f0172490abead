package io.cite.server.sandbox.github.state;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a request claims to be by its {@code Authorization} header: {@code token X}, {@code Bearer
 * X}, or Basic with the token as password (or, when there is none, as user name).
 */
public sealed interface Credentials {

  /** No header. */
  record Absent() implements Credentials {}

  /** A token that nobody has. */
  record Wrong() implements Credentials {}

  /** A token of this account. */
  record Of(Account account) implements Credentials {}

  static Credentials read(@Nullable String authorization, State state) {
    if (authorization == null || authorization.isBlank()) {
      return new Absent();
    }
    String[] parts = authorization.trim().split("\\s+", 2);
    Optional<String> token =
        parts.length < 2
            ? Optional.empty()
            : switch (parts[0].toLowerCase(java.util.Locale.ROOT)) {
              case "token", "bearer" -> Optional.of(parts[1]);
              case "basic" -> fromBasic(parts[1]);
              default -> Optional.empty();
            };
    return token.flatMap(state::accountOfToken).<Credentials>map(Of::new).orElseGet(Wrong::new);
  }

  private static Optional<String> fromBasic(String encoded) {
    try {
      String plain = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = plain.indexOf(':');
      String password = plain.substring(colon + 1);
      return Optional.of(password.isEmpty() && colon > 0 ? plain.substring(0, colon) : password);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

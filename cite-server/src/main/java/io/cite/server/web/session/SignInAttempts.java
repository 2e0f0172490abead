package io.cite.server.web.session;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.InstantSource;
import io.cite.core.port.SecretSealer;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Attempts to sign in with GitHub. What an attempt needs to know is in a sealed cookie of the
 * browser that begins it, so nothing is stored for those who never return. A state is taken once:
 * the cookie ends with it, and a session that an attempt begins is the only one that it can begin.
 * Thread-safe.
 */
public final class SignInAttempts {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String CONTEXT = "sign-in";
  private static final int PARTS = 5;

  private final SecretSealer sealer;
  private final InstantSource clock;
  private final boolean isSecure;
  private final String cookie;

  /** Attempts of browsers that reach CITE by https, or by http on this machine alone. */
  public SignInAttempts(SecretSealer sealer, InstantSource clock, boolean isSecure) {
    this.sealer = sealer;
    this.clock = clock;
    this.isSecure = isSecure;
    this.cookie = (isSecure ? "__Host-" : "") + "cite-sign-in";
  }

  /**
   * What an attempt needs to know when the browser comes back.
   *
   * @param session random bits of the session that the attempt is to begin
   * @param next where the person wanted to go
   */
  public record Attempt(String state, String verifier, String session, String next) {}

  /** Begins an attempt. */
  public Attempt begin(Context ctx, String next) {
    Attempt attempt = new Attempt(Randoms.text(), Randoms.text(), Randoms.text(), next);
    String text =
        String.join(
            "\n",
            attempt.state(),
            attempt.verifier(),
            attempt.session(),
            Long.toString(clock.instant().plus(LONGEST).getEpochSecond()),
            next);
    send(ctx, sealer.seal(Secret.of(text), CONTEXT), Math.toIntExact(LONGEST.toSeconds()));
    return attempt;
  }

  /**
   * The attempt that the browser comes back from.
   *
   * @throws InvalidInput if the state is none of this browser's, too old, or was used
   */
  public Attempt end(Context ctx, @Nullable String state) {
    String sealed = ctx.cookie(cookie);
    send(ctx, "", 0);
    if (sealed == null || state == null) {
      throw refused();
    }
    String[] parts = open(sealed).reveal().split("\n", PARTS);
    long until = Long.parseLong(parts[3]);
    if (!MessageDigest.isEqual(bytes(parts[0]), bytes(state))
        || clock.instant().getEpochSecond() > until) {
      throw refused();
    }
    return new Attempt(parts[0], parts[1], parts[2], parts[4]);
  }

  private Secret open(String sealed) {
    try {
      return sealer.open(sealed, CONTEXT);
    } catch (InvalidInput e) {
      throw refused();
    }
  }

  private static InvalidInput refused() {
    return new InvalidInput("The sign-in has expired, or it was completed already. Begin again.");
  }

  private void send(Context ctx, String value, int seconds) {
    ctx.cookie(new Cookie(cookie, value, "/", seconds, isSecure, true, null, SameSite.LAX));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.cite.server.web.session;

import io.cite.core.engine.store.SessionStore;
import io.cite.core.engine.store.SessionStore.Open;
import io.cite.core.engine.store.SessionStore.Person;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.InstantSource;
import io.cite.server.config.ApiToken;
import io.cite.server.config.ApiToken.Scope;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Session;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers. A cookie has 256 random bits; the store has their hash alone.
 * Thread-safe.
 */
public final class Sessions {
  private static final int HOLDER_DIGITS = 32;
  private static final Pattern COOKIE = Pattern.compile("[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}");

  private final SessionStore store;
  private final InstantSource clock;
  private final SignInSettings settings;
  private final String cookie;

  /** The sessions in this store. */
  public Sessions(SessionStore store, InstantSource clock, SignInSettings settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.cookie = (settings.isSecure() ? "__Host-" : "") + "cite-session";
  }

  /** The session of a request; empty without a cookie, or if the session has ended. */
  public Optional<Session> find(Context ctx) {
    String value = value(ctx);
    if (value == null) {
      return Optional.empty();
    }
    return store
        .use(holder(value), Randoms.sha256(value), clock.instant())
        .map(this::rights)
        .map(rights -> new Session(rights, Randoms.sha256("csrf " + value)));
  }

  /**
   * Begins a session of somebody whom GitHub knows.
   *
   * @param secret random bits of the attempt to sign in
   * @throws InvalidInput if the attempt began a session before
   */
  public void begin(Context ctx, GitHubUser user, String secret) {
    begin(ctx, "github " + user.id(), new Person.User(user.id(), user.login()), secret);
  }

  /** Begins a session that has the rights of an API token, as long as there is the token. */
  public void begin(Context ctx, ApiToken token) {
    Person person = new Person.TokenHolder(token.name(), token.sha256());
    begin(ctx, "token " + token.name(), person, Randoms.text());
  }

  private void begin(Context ctx, String holder, Person person, String secret) {
    String value = Randoms.sha256(holder).substring(0, HOLDER_DIGITS) + "." + secret;
    if (!store.begin(holder(value), Randoms.sha256(value), person, clock.instant())) {
      throw new InvalidInput("This sign-in was completed already. Begin again.");
    }
    send(ctx, value, Math.toIntExact(SessionStore.LONGEST.toSeconds()));
  }

  /** Ends the session of a request. */
  public void end(Context ctx) {
    String value = value(ctx);
    if (value != null) {
      store.end(holder(value), Randoms.sha256(value));
    }
    send(ctx, "", 0);
  }

  /** Ends all sessions of the person who sent a request. */
  public void endAll(Context ctx) {
    String value = value(ctx);
    if (value != null) {
      store.endAll(holder(value));
    }
    send(ctx, "", 0);
  }

  private @Nullable String value(Context ctx) {
    String value = ctx.cookie(cookie);
    return value != null && COOKIE.matcher(value).matches() ? value : null;
  }

  private static String holder(String value) {
    return value.substring(0, HOLDER_DIGITS);
  }

  private void send(Context ctx, String value, int seconds) {
    ctx.cookie(
        new Cookie(cookie, value, "/", seconds, settings.isSecure(), true, null, SameSite.LAX));
  }

  private @Nullable ApiToken rights(Open session) {
    if (session.person() instanceof Person.TokenHolder holder) {
      return settings.tokens().stream()
          .filter(token -> token.name().equals(holder.token()))
          .filter(token -> token.sha256().equals(holder.sha256()))
          .filter(token -> clock.instant().isBefore(token.expires()))
          .findFirst()
          .orElse(null);
    }
    Person.User user = (Person.User) session.person();
    return new ApiToken(
        user.login(),
        "",
        List.of(new Scope(List.of("*"), Verb.ADMIN)),
        settings.administrators().contains(user.id()) ? null : user.login(),
        session.begunAt().plus(SessionStore.LONGEST));
  }
}

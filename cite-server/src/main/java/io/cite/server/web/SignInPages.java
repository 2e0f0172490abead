package io.cite.server.web;

import io.cite.core.error.CiteException;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.InstantSource;
import io.cite.server.config.ApiToken;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.ClientAddresses;
import io.cite.server.http.Policy;
import io.cite.server.http.RateLimit;
import io.cite.server.http.Route;
import io.cite.server.http.SameOrigin;
import io.cite.server.http.Tokens;
import io.cite.server.web.session.GitHubOAuth;
import io.cite.server.web.session.Sessions;
import io.cite.server.web.session.SignInAttempts;
import io.cite.server.web.session.SignInSettings;
import io.cite.server.web.view.SignInPage;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signing in, with GitHub or with an API token, and signing out. */
final class SignInPages {
  private static final String LOGIN = "/login";

  private final Site site;
  private final Sessions sessions;
  private final SignInAttempts attempts;
  private final Tokens tokens;
  private final @Nullable GitHubOAuth gitHub;
  private final RateLimit limit;
  private final ClientAddresses addresses;

  SignInPages(
      Site site,
      Sessions sessions,
      SignInAttempts attempts,
      SignInSettings settings,
      InstantSource clock) {
    this.site = site;
    this.sessions = sessions;
    this.attempts = attempts;
    this.tokens = new Tokens(settings.tokens(), clock);
    this.gitHub =
        settings.gitHub() == null ? null : new GitHubOAuth(settings.gitHub(), settings.publicUrl());
    this.limit = new RateLimit(settings.limit(), clock);
    this.addresses = new ClientAddresses(settings.trustedProxies());
  }

  List<Route> routes() {
    return List.of(
        Route.get(LOGIN, Policy.open(), this::page),
        Route.post(LOGIN, Policy.open(), this::withToken),
        Route.get(LOGIN + "/github", Policy.open(), this::toGitHub),
        Route.get(LOGIN + "/callback", Policy.open(), this::fromGitHub),
        Route.get("/logout", Policy.token(Verb.READ), this::signOutPage),
        Route.post("/logout", Policy.token(Verb.READ), this::signOut));
  }

  private void page(Context ctx) {
    show(ctx, LocalPath.of(ctx.queryParam("next")), null);
  }

  private void show(Context ctx, String next, @Nullable String refusal) {
    Visit visit = site.stranger(ctx);
    site.show(
        visit,
        "signIn",
        visit.t().of("signIn.title"),
        new SignInPage(
            gitHub == null ? null : new Query(LOGIN + "/github", Map.of("next", next)).href(),
            next,
            refusal));
  }

  private void withToken(Context ctx) {
    SameOrigin.require(ctx);
    limit.count(addresses.of(ctx));
    String next = LocalPath.of(ctx.formParam("next"));
    Optional<ApiToken> token = tokens.find(Optional.ofNullable(ctx.formParam("token")).orElse(""));
    if (token.isEmpty()) {
      ctx.status(422);
      show(ctx, next, site.stranger(ctx).t().of("signIn.tokenRefused"));
      return;
    }
    sessions.begin(ctx, token.get());
    Visit.seeOther(ctx, next);
  }

  private void toGitHub(Context ctx) {
    SignInAttempts.Attempt attempt = attempts.begin(ctx, LocalPath.of(ctx.queryParam("next")));
    Visit.seeOther(ctx, configured().authorizePage(attempt.state(), attempt.verifier()));
  }

  private void fromGitHub(Context ctx) {
    limit.count(addresses.of(ctx));
    SignInAttempts.Attempt attempt = attempts.end(ctx, ctx.queryParam("state"));
    String code = ctx.queryParam("code");
    if (code == null) {
      ctx.status(422);
      show(ctx, attempt.next(), site.stranger(ctx).t().of("signIn.gitHubRefused"));
      return;
    }
    sessions.begin(ctx, configured().user(code, attempt.verifier()), attempt.session());
    Visit.seeOther(ctx, attempt.next());
  }

  private GitHubOAuth configured() throws CiteException {
    if (gitHub == null) {
      throw new InvalidInput(
          "Signing in with GitHub is not configured. Set github.oauth.clientId and github.oauth.clientSecret.");
    }
    return gitHub;
  }

  private void signOutPage(Context ctx) {
    Visit visit = site.visit(ctx);
    site.show(visit, "signOut", visit.t().of("signOut.title"), visit.someone().name());
  }

  private void signOut(Context ctx) {
    if ("yes".equals(ctx.formParam("everywhere"))) {
      sessions.endAll(ctx);
    } else {
      sessions.end(ctx);
    }
    Visit.seeOther(ctx, LOGIN);
  }
}

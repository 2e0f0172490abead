package io.cite.server.sandbox.github.oauth;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.State;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The web flow of OAuth with PKCE. Nobody has a password: whoever opens the page chooses who they
 * are. Thread-safe.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#web-application-flow">GitHub's
 *     web application flow</a>
 */
public final class Authorization {
  private static final String PAGE = "/login/oauth/authorize";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 20;

  private final State state;
  private final Map<String, OAuthApp> apps = new ConcurrentHashMap<>();
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();

  private record Grant(String clientId, long account, @Nullable String challenge) {}

  public Authorization(State state) {
    this.state = state;
  }

  /** Makes an app known. */
  public void register(OAuthApp app) {
    apps.put(app.clientId(), app);
  }

  /** Adds the page and the exchange to a server. */
  public void register(RoutesConfig routes) {
    routes.addHttpHandler(HandlerType.GET, PAGE, this::ask);
    routes.addHttpHandler(HandlerType.POST, PAGE, this::grant);
    routes.addHttpHandler(HandlerType.POST, "/login/oauth/access_token", this::exchange);
  }

  private void ask(Context context) {
    context.attribute("served", true);
    Optional<OAuthApp> app = app(context.queryParam("client_id"), context.queryParam("redirect_uri"));
    if (app.isEmpty()) {
      page(context, 404, "<h1>Unknown application or callback</h1>");
      return;
    }
    StringBuilder people = new StringBuilder();
    accounts()
        .forEach(
            account ->
                people
                    .append("<p><button name=\"login\" value=\"")
                    .append(escaped(account.login()))
                    .append("\">Sign in as ")
                    .append(escaped(account.login()))
                    .append("</button></p>"));
    page(
        context,
        200,
        "<h1>Sandbox GitHub</h1><p>Nobody has a password here. Choose who you are.</p>"
            + "<form method=\"post\" action=\""
            + PAGE
            + "\">"
            + hidden(context, "client_id")
            + hidden(context, "redirect_uri")
            + hidden(context, "state")
            + hidden(context, "code_challenge")
            + people
            + "<p><button name=\"login\" value=\"\">Refuse</button></p></form>");
  }

  private List<Account> accounts() {
    return state.accounts().all().stream()
        .filter(account -> !account.organization())
        .sorted(Comparator.comparing(Account::login))
        .toList();
  }

  private void grant(Context context) {
    context.attribute("served", true);
    Optional<OAuthApp> app = app(context.formParam("client_id"), context.formParam("redirect_uri"));
    if (app.isEmpty()) {
      page(context, 404, "<h1>Unknown application or callback</h1>");
      return;
    }
    String login = given(context.formParam("login"));
    Optional<Account> account =
        accounts().stream().filter(one -> one.login().equals(login)).findFirst();
    String answer;
    if (account.isPresent()) {
      String code = random();
      grants.put(
          code,
          new Grant(
              app.get().clientId(), account.get().id(), context.formParam("code_challenge")));
      answer = "code=" + code;
    } else {
      answer = "error=access_denied";
    }
    context.status(302);
    context.header(
        "Location",
        app.get().callback()
            + "?"
            + answer
            + "&state="
            + URLEncoder.encode(given(context.formParam("state")), StandardCharsets.UTF_8));
  }

  private void exchange(Context context) {
    context.attribute("served", true);
    Grant grant = grants.remove(given(context.formParam("code")));
    OAuthApp app = apps.get(given(context.formParam("client_id")));
    ObjectNode body = Json.object();
    if (grant != null
            && app != null
            && grant.clientId().equals(app.clientId())
            && app.clientSecret().equals(context.formParam("client_secret"))
            && proves(context.formParam("code_verifier"), grant.challenge())) {
      String token = "gho_" + random();
      state.accounts().change(grant.account(), one -> one.withToken(token));
      body.put("access_token", token).put("token_type", "bearer").put("scope", "");
    } else {
      body.put("error", "bad_verification_code")
          .put("error_description", "The code passed is incorrect or expired.");
    }
    context.contentType("application/json; charset=utf-8");
    context.result(Json.bytes(body));
  }

  private static boolean proves(@Nullable String verifier, @Nullable String challenge) {
    if (challenge == null || challenge.isEmpty()) {
      return true;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(given(verifier).getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).equals(challenge);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Optional<OAuthApp> app(@Nullable String clientId, @Nullable String callback) {
    return Optional.ofNullable(apps.get(given(clientId)))
        .filter(app -> callback == null || callback.equals(app.callback()));
  }

  private static String hidden(Context context, String name) {
    return "<input type=\"hidden\" name=\""
        + name
        + "\" value=\""
        + escaped(given(context.queryParam(name)))
        + "\">";
  }

  private static void page(Context context, int status, String body) {
    context.status(status);
    context.contentType("text/html; charset=utf-8");
    context.result(
        "<!doctype html><html lang=\"en\"><title>Sandbox GitHub</title><body>" + body + "</body></html>");
  }

  private static String given(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}

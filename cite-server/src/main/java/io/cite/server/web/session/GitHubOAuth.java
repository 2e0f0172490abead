package io.cite.server.web.session;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks GitHub who somebody is. CITE asks for no scope: it learns the login and nothing more, and
 * keeps no token of the person. Thread-safe.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps">Authorizing
 *     OAuth apps</a>
 */
public final class GitHubOAuth {
  private static final int MAX_ANSWER = 256 * 1024;

  private final SignInSettings.GitHub settings;
  private final URI callback;
  private final OutboundHttp http;

  /** Asks this GitHub. */
  public GitHubOAuth(SignInSettings.GitHub settings, URI publicUrl) {
    this.settings = settings;
    this.callback = URI.create(publicUrl + "/login/callback");
    this.http = new OutboundHttp("GitHub", settings.timeout());
  }

  /** Where the browser goes, so that GitHub asks the person. */
  public String authorizePage(String state, String verifier) {
    Map<String, String> query = new TreeMap<>();
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", callback.toString());
    query.put("state", state);
    query.put("code_challenge", Randoms.base64(Randoms.digest(verifier)));
    query.put("code_challenge_method", "S256");
    return settings.web() + "/login/oauth/authorize?" + form(query);
  }

  /**
   * Who the person is to whom GitHub gave the code.
   *
   * @throws InvalidInput if GitHub does not take the code
   * @throws io.cite.core.error.Upstream if GitHub does not answer
   */
  public GitHubUser user(String code, String verifier) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("client_id", settings.clientId());
    fields.put("client_secret", settings.clientSecret().reveal());
    fields.put("code", code);
    fields.put("redirect_uri", callback.toString());
    fields.put("code_verifier", verifier);
    JsonNode granted =
        json(
            "exchange a code",
            HttpRequest.newBuilder(URI.create(settings.web() + "/login/oauth/access_token"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
    String token = granted.path("access_token").asString("");
    if (token.isEmpty()) {
      throw new InvalidInput("GitHub did not accept the sign-in. Begin again.");
    }
    return who(Secret.of(token));
  }

  private GitHubUser who(Secret token) {
    JsonNode user =
        json(
            "read who signs in",
            HttpRequest.newBuilder(URI.create(settings.api() + "/user"))
                .header("Accept", "application/vnd.github+json")
                .header("Authorization", "Bearer " + token.reveal())
                .GET());
    long id = user.path("id").asLong(0);
    String login = user.path("login").asString("");
    if (id == 0 || login.isEmpty()) {
      throw new InvalidInput("GitHub did not say who signs in. Begin again.");
    }
    return new GitHubUser(id, login);
  }

  private JsonNode json(String operation, HttpRequest.Builder request) {
    Answer answer = http.send(operation, request, MAX_ANSWER);
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
    try {
      return JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException e) {
      throw new InvalidInput("GitHub did not answer as expected. Begin again.");
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}

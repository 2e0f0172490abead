package io.cite.server.adapter.buildbot;

import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders to Buildbot by its REST API. With a login each order has a session of its own: Buildbot
 * takes a password in exchange for a cookie, and nowhere else. Thread-safe.
 *
 * @see <a href="https://docs.buildbot.net/latest/developer/rest.html">Buildbot's REST API</a>
 */
final class BuildbotControl {
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int FOUND = 302;

  private final BuildbotSettings settings;
  private final OutboundHttp http;

  BuildbotControl(BuildbotSettings settings, OutboundHttp http) {
    this.settings = settings;
    this.http = http;
  }

  /**
   * Cancels a build request: one that waits is dropped, and builds that have begun are stopped.
   *
   * @throws io.cite.core.error.Upstream if Buildbot cannot be reached, or does not allow it
   */
  void cancel(String operation, long request, String why) {
    byte[] call =
        JsonMapper.shared()
            .writeValueAsBytes(
                Map.of(
                    "jsonrpc",
                    "2.0",
                    "id",
                    1,
                    "method",
                    "cancel",
                    "params",
                    Map.of("reason", why)));
    URI resource = settings.url().resolve("api/v2/buildrequests/" + request);
    HttpRequest.Builder post =
        HttpRequest.newBuilder(resource)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(call));
    BuildbotSettings.@Nullable Login login = settings.login();
    if (login != null) {
      post.header("Cookie", session(operation, login));
    }
    Answer answer = http.send(operation, post, MAX_ANSWER);
    // a request that ended meanwhile may be gone
    if (!answer.isSuccess() && answer.status() != 404) {
      throw http.refusal(operation, answer);
    }
  }

  private String session(String operation, BuildbotSettings.Login login) {
    byte[] pair = (login.user() + ":" + login.password().reveal()).getBytes(StandardCharsets.UTF_8);
    Answer answer =
        http.send(
            operation,
            HttpRequest.newBuilder(settings.url().resolve("auth/login"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)),
            MAX_ANSWER);
    if (!answer.isSuccess() && answer.status() != FOUND) {
      throw http.refusal("log in to " + operation, answer);
    }
    return answer.headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.split(";", 2)[0].strip())
        .collect(Collectors.joining("; "));
  }
}

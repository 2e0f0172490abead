package io.cite.server.adapter.registry;

import io.cite.core.error.Upstream;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Meets a registry's challenge: with the user's password, or with a token got for it. */
final class RegistryLogin {
  private static final int MAX_TOKEN = 256 * 1024;

  private final RegistrySettings settings;
  private final OutboundHttp http;

  RegistryLogin(RegistrySettings settings, OutboundHttp http) {
    this.settings = settings;
    this.http = http;
  }

  /** The {@code Authorization} that the challenge asks for, to read the repository. */
  String answer(Challenge challenge, String repository) {
    String operation = "log in to read " + repository;
    return switch (challenge.scheme()) {
      case "basic" -> {
        if (basic().isEmpty()) {
          throw refused(operation, "it needs a user, and registry.user is not set");
        }
        yield basic();
      }
      case "bearer" -> "Bearer " + token(operation, challenge, repository);
      default -> throw refused(operation, "it needs a kind of login that CITE does not support");
    };
  }

  private String basic() {
    if (settings.username() == null || settings.password() == null) {
      return "";
    }
    String pair = settings.username() + ":" + settings.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String token(String operation, Challenge challenge, String repository) {
    String query =
        "service="
            + encoded(challenge.parameter("service"))
            + "&scope="
            + encoded("repository:" + repository + ":pull");
    URI realm = realm(operation, challenge.parameter("realm"));
    String separator = realm.getRawQuery() == null ? "?" : "&";
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(realm + separator + query));
    if (!basic().isEmpty()) {
      request.header("Authorization", basic());
    }
    Answer answer = http.send(operation, request, MAX_TOKEN);
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
    try {
      JsonNode body = JsonMapper.shared().readTree(answer.body());
      String token = body.path("token").asString(body.path("access_token").asString(""));
      if (!token.matches("[!-~]+")) {
        throw refused(operation, "the answer has no token");
      }
      return token;
    } catch (JacksonException e) {
      throw refused(operation, "the token's answer is not JSON");
    }
  }

  /** The password goes to no one but over TLS, or to the registry's own host. */
  private URI realm(String operation, String text) {
    try {
      URI realm = URI.create(text);
      boolean isSameHost =
          realm.getHost() != null && realm.getHost().equalsIgnoreCase(settings.url().getHost());
      if (realm.getHost() != null
          && ("https".equals(realm.getScheme())
              || ("http".equals(realm.getScheme())
                  && "http".equals(settings.url().getScheme())
                  && isSameHost))) {
        return realm;
      }
    } catch (IllegalArgumentException e) {
      // No URL at all: refused like one that may not be used.
    }
    throw refused(operation, "it names a token server that CITE does not trust");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Upstream refused(String operation, String why) {
    return Upstream.permanent(HttpImageRegistry.SYSTEM, operation, why, null);
  }
}

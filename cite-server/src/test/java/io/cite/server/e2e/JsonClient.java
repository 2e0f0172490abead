package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Asks one server for JSON, as somebody who has only HTTP. */
final class JsonClient {
  private static final String HOOK = "/v1/github";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String base;
  private final @Nullable String token;

  JsonClient(URI base, @Nullable String token) {
    this.base = base.toString().replaceAll("/+$", "");
    this.token = token;
  }

  /**
   * An answer.
   *
   * @param json missing where the body is not JSON
   */
  record Answer(int status, JsonNode json, String body, String contentType) {
    /** This answer, which must be of that status. */
    Answer expect(int wanted) {
      assertThat(status).as(body).isEqualTo(wanted);
      return this;
    }

    /** The text of a field; empty where there is none. */
    String text(String field) {
      return json.path(field).asString("");
    }
  }

  Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  Answer post(String path, Object body) {
    return send("POST", path, JsonMapper.shared().writeValueAsString(body), Map.of());
  }

  Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  /** Sends a body as it is. */
  Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
    HttpRequest request = request(method, path, body, headers);
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          parsed(answer.body()),
          answer.body(),
          answer.headers().firstValue("Content-Type").orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + base + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return request.build();
  }

  /** Delivers a webhook as GitHub does. */
  Answer deliver(String event, String id, String body, String secret) {
    return send("POST", HOOK, body, signed(event, id, body, secret));
  }

  /** A webhook that is still to be delivered. */
  HttpRequest delivery(String event, String id, String body, String secret) {
    return request("POST", HOOK, body, signed(event, id, body, secret));
  }

  private static Map<String, String> signed(String event, String id, String body, String secret) {
    return Map.of(
        "X-GitHub-Event",
        event,
        "X-GitHub-Delivery",
        id,
        "X-Hub-Signature-256",
        "sha256=" + signature(body, secret));
  }

  private static String signature(String body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isEmpty() ? MissingNode.getInstance() : JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}

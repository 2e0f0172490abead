package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a resource answers; an empty body is no body. */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {

  private static final String JSON = "application/json; charset=utf-8";

  static Reply ok(JsonNode body) {
    return new Reply(200, JSON, Json.bytes(body), Map.of());
  }

  static Reply created(JsonNode body) {
    String location = body.path("url").asString("");
    return new Reply(201, JSON, Json.bytes(body), Map.of("Location", location));
  }

  static Reply accepted() {
    return new Reply(202, JSON, Json.bytes(Json.object()), Map.of());
  }

  static Reply none() {
    return new Reply(204, JSON, new byte[0], Map.of());
  }

  static Reply moved(int status, String url) {
    JsonNode body =
        Json.object()
            .put("message", status == 301 ? "Moved Permanently" : "Temporary Redirect")
            .put("url", url)
            .put("documentation_url", "https://docs.github.com/rest/guides/best-practices");
    return new Reply(status, JSON, Json.bytes(body), Map.of("Location", url));
  }

  static Reply raw(byte[] content) {
    return new Reply(200, "application/vnd.github.raw; charset=utf-8", content, Map.of());
  }

  static Reply error(ApiError error) {
    return new Reply(error.status(), JSON, Json.bytes(error.body()), Map.of());
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, body, more);
  }
}

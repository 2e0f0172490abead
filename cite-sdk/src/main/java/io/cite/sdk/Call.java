package io.cite.sdk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request in the making: what to ask, before it is known how often it has to be asked. */
final class Call {
  final String method;
  private final StringBuilder path = new StringBuilder("/v1");
  private final Map<String, String> query = new LinkedHashMap<>();
  final Map<String, String> headers = new LinkedHashMap<>();
  @Nullable Object body;
  @Nullable Duration budget;

  Call(String method, Object... segments) {
    this.method = method;
    for (Object segment : segments) {
      path.append('/').append(encode(segment.toString()));
    }
  }

  static Call get(Object... segments) {
    return new Call("GET", segments);
  }

  static Call post(Object... segments) {
    return new Call("POST", segments);
  }

  Call query(String name, @Nullable Object value) {
    if (value != null) {
      query.put(name, value.toString());
    }
    return this;
  }

  Call header(String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
    return this;
  }

  Call body(Object body) {
    this.body = body;
    return this;
  }

  /** All attempts together may take this long; without it each attempt has the client's timeout. */
  Call within(@Nullable Duration budget) {
    this.budget = budget;
    return this;
  }

  String target() {
    StringBuilder target = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      target.append(separator).append(parameter.getKey()).append('=');
      target.append(encode(parameter.getValue()));
      separator = '&';
    }
    return target.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}

package io.cite.server.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of a page, so that a link can change one thing and keep the rest. */
record Query(String path, Map<String, String> values) {
  Query {
    values = new LinkedHashMap<>(values);
    values.values().removeIf(String::isEmpty);
  }

  /** This query with another value; an empty one leaves it out. */
  Query with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Query(path, changed);
  }

  /** The link. */
  String href() {
    return values.isEmpty()
        ? path
        : path
            + "?"
            + values.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Links;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which part of a list is asked for, and the {@code Link} header to the other parts. */
record Paging(int page, int size, String address, Map<String, String> query) {

  private static final int DEFAULT_SIZE = 30;
  private static final int MAX_SIZE = 100;

  static Paging of(Context context, String base) {
    Map<String, String> query = new LinkedHashMap<>();
    context.queryParamMap().forEach((name, values) -> query.put(name, values.get(0)));
    int size = number(query.get("per_page"), DEFAULT_SIZE);
    return new Paging(
        Math.max(1, number(query.get("page"), 1)),
        Math.min(Math.max(1, size), MAX_SIZE),
        base + context.path(),
        query);
  }

  int skip() {
    return (page - 1) * size;
  }

  <T> List<T> slice(List<T> all) {
    int from = Math.min(skip(), all.size());
    return all.subList(from, Math.min(from + size, all.size()));
  }

  /** The number of the last page of a list of that length. */
  int last(int length) {
    return Math.max(1, (length + size - 1) / size);
  }

  /** Links by page number, as most lists have. */
  Reply link(Reply reply, int last) {
    Map<String, String> links = new LinkedHashMap<>();
    if (page > 1) {
      links.put("prev", with("page", Integer.toString(Math.min(page - 1, last))));
    }
    if (page < last) {
      links.put("next", with("page", Integer.toString(page + 1)));
      links.put("last", with("page", Integer.toString(last)));
    }
    if (page > 1) {
      links.put("first", with("page", "1"));
    }
    return link(reply, links);
  }

  /** Links by cursor, as lists have that grow while they are read. */
  Reply linkCursor(Reply reply, Optional<String> next) {
    return link(reply, next.map(cursor -> Map.of("next", with("cursor", cursor))).orElse(Map.of()));
  }

  private Reply link(Reply reply, Map<String, String> links) {
    if (links.isEmpty()) {
      return reply;
    }
    return reply.with(
        "Link",
        links.entrySet().stream()
            .map(link -> "<" + link.getValue() + ">; rel=\"" + link.getKey() + "\"")
            .collect(Collectors.joining(", ")));
  }

  private String with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(query);
    changed.put(name, value);
    List<String> pairs = new ArrayList<>();
    changed.forEach((key, text) -> pairs.add(Links.segment(key) + "=" + Links.segment(text)));
    return address + "?" + String.join("&", pairs);
  }

  private static int number(@Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request, once it is known who asks and about which repository. */
final class Call {

  private final Context context;
  private final @Nullable Account viewer;
  private final @Nullable Repo repo;
  private final Permission permission;
  private final String base;

  Call(
      Context context,
      @Nullable Account viewer,
      @Nullable Repo repo,
      Permission permission,
      String base) {
    this.context = context;
    this.viewer = viewer;
    this.repo = repo;
    this.permission = permission;
    this.base = base;
  }

  Optional<Account> someone() {
    return Optional.ofNullable(viewer);
  }

  /** Who asks; only on routes that nobody reaches without a token. */
  Account viewer() {
    return someone().orElseThrow(() -> ApiError.of(401, "Requires authentication"));
  }

  Repo repo() {
    if (repo == null) {
      throw ApiError.notFound();
    }
    return repo;
  }

  Permission permission() {
    return permission;
  }

  String param(String name) {
    return context.pathParam(name);
  }

  /** A number in the path; what is none was not found. */
  long number(String name) {
    try {
      return Long.parseLong(param(name));
    } catch (NumberFormatException e) {
      throw ApiError.notFound();
    }
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
  }

  Body body() {
    return Body.parse(context.bodyAsBytes());
  }

  boolean accepts(String mediaType) {
    String accept = context.header("Accept");
    return accept != null && accept.contains(mediaType);
  }

  Paging paging() {
    return Paging.of(context, base);
  }

  /** One page of a list, with links to the others. */
  <T> Reply page(List<T> all, Function<T, ? extends JsonNode> shape) {
    Paging paging = paging();
    return paging.link(Reply.ok(Json.array(paging.slice(all), shape)), paging.last(all.size()));
  }
}

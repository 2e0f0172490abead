package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.AccountShape;
import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Account;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The root, people and rate limits. */
final class UserResource {

  private final ApiContext api;
  private final RateLimits limits;

  UserResource(ApiContext api, RateLimits limits) {
    this.api = api;
    this.limits = limits;
  }

  void register(Routes routes) {
    routes.get("/", Access.ANYONE, call -> Reply.ok(Api.directory(api.shapes().links().base())));
    routes.get("/meta", Access.ANYONE, call -> meta());
    routes.get("/rate_limit", Access.ANYONE, this::rateLimit);
    routes.get(
        "/user",
        Access.SIGNED_IN,
        call ->
            Reply.ok(accounts().full(call.viewer(), true)).with("X-OAuth-Scopes", "repo, user"));
    routes.get(
        "/orgs/{org}",
        Access.ANYONE,
        call ->
            api
                .state()
                .account(call.param("org"))
                .filter(Account::organization)
                .map(account -> Reply.ok(accounts().full(account, false)))
                .orElseThrow(ApiError::notFound));
    routes.get(
        "/user/orgs", Access.SIGNED_IN, call -> call.page(List.<Account>of(), accounts()::simple));
    routes.get(
        "/users/{user}",
        Access.ANYONE,
        call ->
            api
                .state()
                .account(call.param("user"))
                .map(account -> Reply.ok(accounts().full(account, false)))
                .orElseThrow(ApiError::notFound));
  }

  private Reply meta() {
    ObjectNode meta = Json.object().put("verifiable_password_authentication", false);
    for (String list : List.of("hooks", "git", "web", "api")) {
      meta.set(list, Json.array());
    }
    return Reply.ok(meta);
  }

  private Reply rateLimit(Call call) {
    RateLimits.Window core = limits.of(call.someone().map(Account::login).orElse(""));
    ObjectNode resources = Json.object();
    for (String resource : List.of("core", "search", "graphql", "integration_manifest")) {
      resources.set(resource, core.json().put("resource", resource));
    }
    ObjectNode body = Json.object();
    body.set("resources", resources);
    body.set("rate", core.json());
    return Reply.ok(body);
  }

  private AccountShape accounts() {
    return api.shapes().accounts();
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Environment;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Environments, which deployments bring into being. */
final class EnvironmentResource {

  private final ApiContext api;

  EnvironmentResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String all = "/repos/{owner}/{repo}/environments";
    routes.get(all, Access.READ, this::list);
    routes.get(
        all + "/<name>",
        Access.READ,
        call -> Reply.ok(api.shapes().deployments().environment(call.repo(), find(call))));
    routes.delete(
        all + "/<name>",
        Access.ADMIN,
        call -> {
          api.state().environments().remove(find(call).id());
          return Reply.none();
        });
  }

  private Reply list(Call call) {
    List<Environment> found = api.state().environments().of(call.repo().id());
    Paging paging = call.paging();
    ObjectNode body = Json.object().put("total_count", found.size());
    body.set(
        "environments",
        Json.array(
            paging.slice(found),
            environment -> api.shapes().deployments().environment(call.repo(), environment)));
    return paging.link(Reply.ok(body), paging.last(found.size()));
  }

  private Environment find(Call call) {
    return api.state().environments().of(call.repo().id()).stream()
        .filter(environment -> environment.name().equals(call.param("name")))
        .findFirst()
        .orElseThrow(ApiError::notFound);
  }
}

package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.state.Hook;
import io.cite.server.sandbox.github.state.Repo;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks; a secret is only ever shown as stars. */
public final class HookShape {

  private final Links links;

  HookShape(Links links) {
    this.links = links;
  }

  public ObjectNode hook(Repo repo, Hook hook) {
    String url = links.api(repo) + "/hooks/" + hook.id();
    ObjectNode shape =
        Json.object()
            .put("type", "Repository")
            .put("id", hook.id())
            .put("name", "web")
            .put("active", hook.active());
    shape.set("events", Json.strings(hook.events()));
    shape.set("config", config(hook.config()));
    shape
        .put("updated_at", hook.updatedAt().toString())
        .put("created_at", hook.createdAt().toString())
        .put("url", url)
        .put("test_url", url + "/test")
        .put("ping_url", url + "/pings")
        .put("deliveries_url", url + "/deliveries");
    shape.set(
        "last_response",
        Json.object()
            .put("code", hook.lastCode())
            .put("status", hook.lastStatus())
            .put("message", hook.lastMessage()));
    return shape;
  }

  public ObjectNode config(Hook.Config config) {
    ObjectNode shape = Json.object().put("content_type", config.contentType());
    if (config.secret() != null) {
      shape.put("secret", "********");
    }
    return shape.put("url", config.url()).put("insecure_ssl", config.insecureSsl());
  }
}

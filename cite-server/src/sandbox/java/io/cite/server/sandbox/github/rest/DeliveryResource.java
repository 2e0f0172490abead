package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.event.Delivery;
import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Hook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What was sent to a webhook, and sending it again. */
final class DeliveryResource {

  private static final Pattern CURSOR = Pattern.compile("v1_(\\d+)");

  private final ApiContext api;

  DeliveryResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String deliveries = "/repos/{owner}/{repo}/hooks/{hook}/deliveries";
    routes.get(deliveries, Access.ADMIN_HIDDEN, this::list);
    routes.get(deliveries + "/{delivery}", Access.ADMIN_HIDDEN, call -> Reply.ok(full(find(call))));
    routes.post(
        deliveries + "/{delivery}/attempts",
        Access.ADMIN_HIDDEN,
        call -> {
          api.sender().redeliver(hook(call), find(call));
          return Reply.accepted();
        });
  }

  /** Newest first; the cursor names the delivery to go on with. */
  private Reply list(Call call) {
    Predicate<Delivery> wanted =
        switch (call.query("status").orElse("")) {
          case "" -> delivery -> true;
          case "success" -> Delivery::succeeded;
          case "failure" -> Delivery::failed;
          default -> throw ApiError.field("HookDelivery", "status", "invalid");
        };
    long from = call.query("cursor").map(DeliveryResource::cursor).orElse(Long.MAX_VALUE);
    Optional<Boolean> redelivery = call.query("redelivery").map(Boolean::parseBoolean);
    List<Delivery> found =
        api.deliveries().of(hook(call).id()).stream()
            .filter(delivery -> delivery.id() <= from)
            .filter(wanted)
            .filter(delivery -> redelivery.isEmpty() || redelivery.get() == delivery.redelivery())
            .toList();
    Paging paging = call.paging();
    int shown = Math.min(paging.size(), found.size());
    Optional<String> next =
        found.size() > shown ? Optional.of("v1_" + found.get(shown).id()) : Optional.empty();
    return paging.linkCursor(
        Reply.ok(Json.array(found.subList(0, shown), DeliveryResource::item)), next);
  }

  private static long cursor(String text) {
    Matcher matcher = CURSOR.matcher(text);
    if (!matcher.matches()) {
      throw ApiError.of(400, "Invalid cursor");
    }
    return Long.parseLong(matcher.group(1));
  }

  private static ObjectNode item(Delivery delivery) {
    return Json.object()
        .put("id", delivery.id())
        .put("guid", delivery.guid())
        .put("delivered_at", delivery.deliveredAt().toString())
        .put("redelivery", delivery.redelivery())
        .put("duration", delivery.duration())
        .put("status", delivery.status())
        .put("status_code", delivery.statusCode())
        .put("event", delivery.event())
        .put("action", delivery.action())
        .putNull("installation_id")
        .put("repository_id", delivery.repository())
        .putNull("throttled_at");
  }

  private static ObjectNode full(Delivery delivery) {
    ObjectNode request = Json.object();
    request.set("headers", headers(delivery.requestHeaders()));
    request.set("payload", Json.parse(delivery.payload().getBytes(StandardCharsets.UTF_8)));
    ObjectNode response = Json.object();
    response.set("headers", headers(delivery.responseHeaders()));
    response.put("payload", delivery.responseBody());
    ObjectNode shape = item(delivery).put("url", delivery.url());
    shape.set("request", request);
    shape.set("response", response);
    return shape;
  }

  private static ObjectNode headers(Map<String, String> headers) {
    ObjectNode shape = Json.object();
    headers.forEach(shape::put);
    return shape;
  }

  private Hook hook(Call call) {
    return api
        .state()
        .hooks()
        .find(call.repo().id(), call.number("hook"))
        .orElseThrow(ApiError::notFound);
  }

  private Delivery find(Call call) {
    return api
        .deliveries()
        .find(hook(call).id(), call.number("delivery"))
        .orElseThrow(ApiError::notFound);
  }
}

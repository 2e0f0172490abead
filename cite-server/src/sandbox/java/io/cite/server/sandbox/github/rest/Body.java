package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object in a request, read field by field. */
final class Body {

  private final ObjectNode json;

  private Body(ObjectNode json) {
    this.json = json;
  }

  static Body parse(byte[] bytes) {
    if (bytes.length == 0) {
      return new Body(Json.object());
    }
    try {
      if (Json.parse(bytes) instanceof ObjectNode object) {
        return new Body(object);
      }
    } catch (JacksonException e) {
      throw ApiError.of(400, "Problems parsing JSON");
    }
    throw ApiError.of(400, "Body should be a JSON object");
  }

  boolean has(String field) {
    return json.has(field);
  }

  /** The text of a field; null counts as absent. */
  Optional<String> text(String field) {
    JsonNode node = json.get(field);
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node.asString(""));
  }

  String text(String field, String otherwise) {
    return text(field).orElse(otherwise);
  }

  /** The text of a field that must be there and say something. */
  String required(String resource, String field) {
    return text(field)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> ApiError.field(resource, field, "missing_field"));
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode node = json.get(field);
    return node == null || node.isNull() ? otherwise : node.asBoolean(otherwise);
  }

  Optional<List<String>> list(String field) {
    JsonNode node = json.get(field);
    if (node == null || !node.isArray()) {
      return Optional.empty();
    }
    List<String> items = new ArrayList<>();
    node.forEach(item -> items.add(item.asString("")));
    return Optional.of(items);
  }

  Optional<JsonNode> node(String field) {
    return Optional.ofNullable(json.get(field)).filter(node -> !node.isNull());
  }

  /** An object within; empty when it is absent. */
  Body inner(String field) {
    return new Body(json.get(field) instanceof ObjectNode object ? object : Json.object());
  }
}

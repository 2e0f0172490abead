package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.sdk.wire.ServiceView;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The OpenAPI description says in whole sentences what the routes do, and what bodies hold. */
class OpenApiTest {
  private static final JsonNode API =
      Json.MAPPER.readTree(OperationRoutes.resource("openapi.json"));
  private static final JsonNode SCHEMAS = API.path("components").path("schemas");

  static Stream<String> schemas() {
    return SCHEMAS.propertyNames().stream();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everySchemaHasTheFieldsOfTheRecordOnTheWire(String schema) throws ClassNotFoundException {
    Set<String> fields = new TreeSet<>();
    for (RecordComponent component : record(schema).getRecordComponents()) {
      fields.add(component.getName());
    }
    assertThat(fields).isNotEmpty();
    assertThat(new TreeSet<>(SCHEMAS.path(schema).path("properties").propertyNames()))
        .isEqualTo(fields);
  }

  /** A schema has the name of its record; a view is named like the resource that it shows. */
  private static Class<?> record(String schema) throws ClassNotFoundException {
    String name = schema.endsWith("Request") ? schema : schema + "View";
    return Class.forName(ServiceView.class.getPackageName() + "." + name);
  }

  @Test
  void everyDescriptionIsASentence() {
    List<String> texts = new ArrayList<>();
    texts.add(API.path("info").path("description").asString());
    for (JsonNode path : API.path("paths")) {
      for (JsonNode operation : path) {
        texts.add(operation.path("description").asString());
        operation
            .path("parameters")
            .forEach(parameter -> texts.add(parameter.path("description").asString()));
        operation.path("responses").forEach(response -> texts.add(text(response)));
      }
    }
    for (JsonNode schema : SCHEMAS) {
      texts.add(schema.path("description").asString());
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        texts.add(text(property.getValue()));
      }
    }
    assertThat(texts).hasSizeGreaterThan(200).allMatch(text -> text.matches("\\p{Graph}.+\\."));
  }

  /** What is described elsewhere needs no description of its own. */
  private static String text(JsonNode described) {
    return described.has("$ref") ? "Elsewhere." : described.path("description").asString();
  }

  @Test
  void everyOperationHasATitleOfItsOwn() {
    List<String> titles = new ArrayList<>();
    API.path("paths")
        .forEach(path -> path.forEach(one -> titles.add(one.path("summary").asString())));
    assertThat(titles)
        .hasSizeGreaterThan(30)
        .doesNotHaveDuplicates()
        .allMatch(title -> title.matches("[A-Z].*[^.]"));
  }
}

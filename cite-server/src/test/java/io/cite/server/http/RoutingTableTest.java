package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.ApiConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RoutingTableTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/routes.txt");

  static RoutingTable table() {
    try (Meters meters = new Meters();
        EventStreams streams = new EventStreams();
        Health health = new Health(List.of())) {
      Ports ports = InMemoryPorts.inMemory();
      Stores stores = new Stores(ports.store());
      return HttpApi.table(
          InMemoryPorts.useCases(ports, stores),
          ports,
          stores,
          new StateChanges(ports.store(), stores),
          new HttpApi.HttpDependencies(
              Fixture.http(100),
              new ApiConfiguration(Fixture.TOKENS),
              List.of(),
              meters,
              streams,
              health));
    }
  }

  @Test
  void everyRouteItsMethodAndItsPolicyStandInTheGoldenFile() throws Exception {
    String lines = String.join("\n", table().routes().stream().map(Route::toString).toList());
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, lines + "\n");
    }
    assertThat(lines + "\n").isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
  }

  @Test
  void theOpenApiDescriptionHasExactlyTheseRoutes() {
    Set<String> described = new TreeSet<>();
    JsonNode api = Json.MAPPER.readTree(OperationRoutes.resource("openapi.json"));
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method ->
                            described.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    Set<String> routed = new TreeSet<>();
    table().routes().forEach(route -> routed.add(route.method().name() + " " + route.path()));
    assertThat(described).isEqualTo(routed);
  }

  @Test
  void theOpenApiDescriptionHasExactlyTheQueryParametersThatRoutesTake() {
    JsonNode paths = Json.MAPPER.readTree(OperationRoutes.resource("openapi.json")).path("paths");
    for (Route route : table().routes()) {
      Set<String> described = new TreeSet<>();
      paths
          .path(route.path())
          .path(route.method().name().toLowerCase(java.util.Locale.ROOT))
          .path("parameters")
          .forEach(
              parameter -> {
                if (parameter.path("in").asString().equals("query")) {
                  described.add(parameter.path("name").asString());
                }
              });
      assertThat(route.parameters()).as("%s", route).isEqualTo(described);
    }
  }

  @Test
  void onlyWhatIsMeantToBeOpenIsOpen() {
    assertThat(
            table().routes().stream()
                .filter(route -> route.policy() instanceof Policy.Open)
                .map(Route::path))
        .containsExactlyInAnyOrder(
            "/healthz", "/readyz", "/openapi.json", "/docs", "/docs/docs.js", "/docs/docs.css");
  }

  @Test
  void theOpenApiDescriptionTellsWhichRoutesNeedNoToken() {
    JsonNode api = Json.MAPPER.readTree(OperationRoutes.resource("openapi.json"));
    for (Route route : table().routes()) {
      JsonNode described =
          api.path("paths")
              .path(route.path())
              .path(route.method().name().toLowerCase(java.util.Locale.ROOT));
      boolean open =
          route.policy() instanceof Policy.Open || route.policy() instanceof Policy.Signed;
      assertThat(described.has("security")).as(route.toString()).isEqualTo(open);
      assertThat(described.path("responses").has("401")).as(route.toString()).isEqualTo(!open);
    }
  }
}

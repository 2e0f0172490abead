package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessMatrixTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/access.txt");
  private static final String NOBODY = "nobody";
  private static final List<String> CALLERS =
      List.of(NOBODY, "reader", "pusher", "admin", "stranger", "late", "narrow", "root");

  @Test
  void whoMayUseWhichRouteStandsInTheGoldenFile() throws Exception {
    List<Route> routes =
        RoutingTableTest.table().routes().stream()
            .map(
                route ->
                    new Route(route.method(), route.path(), route.policy(), ctx -> ctx.status(200)))
            .toList();
    StringBuilder table = new StringBuilder("route: " + String.join(" ", CALLERS) + "\n");
    try (Fixture server = new Fixture(1_000, new RoutingTable(routes))) {
      for (Route route : routes) {
        table.append(route.method().name()).append(' ').append(route.path()).append(':');
        for (String caller : CALLERS) {
          table.append(' ').append(answer(server, route, caller));
        }
        table.append('\n');
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, table);
    }
    assertThat(table.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  private static int answer(Fixture server, Route route, String caller) throws Exception {
    String path =
        route
            .path()
            .replace("{ns}", "acme")
            .replace("{service}", "hello")
            .replaceAll("\\{[^}]+}", "1");
    @Nullable String token = caller.equals(NOBODY) ? null : caller;
    return server.send(route.method().name(), path, token, "").statusCode();
  }
}

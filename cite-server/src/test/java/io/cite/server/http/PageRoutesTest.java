package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.server.web.WebUi;
import io.cite.server.web.session.SignInSettings;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which pages there are, and who may see them and use their forms. */
class PageRoutesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/pages.txt");
  private static final List<String> CALLERS =
      List.of("reader", "pusher", "admin", "stranger", "late", "narrow", "root");

  static List<Route> routes() {
    Ports ports = InMemoryPorts.inMemory();
    Stores stores = new Stores(ports.store());
    try (EventStreams streams = new EventStreams();
        Health health = new Health(List.of());
        WebUi pages =
            new WebUi(
                InMemoryPorts.useCases(ports, stores),
                ports,
                stores,
                new StateChanges(ports.store(), stores),
                new SignInSettings(
                    URI.create("http://localhost"), Fixture.TOKENS, null, Set.of(), 10, List.of()),
                streams,
                health)) {
      return pages.routes().stream()
          .sorted(Comparator.comparing(Route::path).thenComparing(route -> route.method().name()))
          .toList();
    }
  }

  @Test
  void everyPageItsPolicyAndWhoMayUseItStandInTheGoldenFile() throws Exception {
    List<Route> answering =
        routes().stream()
            .map(
                route ->
                    new Route(
                        route.method(),
                        route.path(),
                        route.policy(),
                        route.parameters(),
                        ctx -> ctx.status(200)))
            .toList();
    StringBuilder table = new StringBuilder("page, policy: nobody " + String.join(" ", CALLERS));
    try (Fixture server = new Fixture(1_000, new RoutingTable(answering))) {
      for (Route route : answering) {
        table.append('\n').append(route).append(':');
        table.append(' ').append(status(server, route, null));
        for (String caller : CALLERS) {
          table.append(' ').append(status(server, route, caller));
        }
      }
    }
    table.append('\n');
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, table);
    }
    assertThat(table.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void pagesAreReadByGetAndFormsAreSentByPost() {
    assertThat(routes()).extracting(Route::method).containsOnly(HandlerType.GET, HandlerType.POST);
    assertThat(routes())
        .isNotEmpty()
        .extracting(Route::path)
        .noneMatch(path -> path.startsWith("/v1"));
  }

  private static int status(
      Fixture server, Route route, @org.jspecify.annotations.Nullable String caller)
      throws Exception {
    String path =
        route
            .path()
            .replace("{ns}", "acme")
            .replace("{service}", "hello")
            .replaceAll("\\{[^}]+}", "1");
    return server.send(route.method().name(), path, caller, "").statusCode();
  }
}

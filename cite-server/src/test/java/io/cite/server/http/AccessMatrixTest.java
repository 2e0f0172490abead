package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessMatrixTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/access.txt");
  private static final String NOBODY = "nobody";
  private static final List<String> CALLERS =
      List.of(NOBODY, "reader", "pusher", "admin", "stranger", "late", "narrow", "root");

  @Test
  void whoMayUseWhichRouteStandsInTheGoldenFile() throws Exception {
    List<Route> routes = answering200();
    StringBuilder table = new StringBuilder("route: " + String.join(" ", CALLERS) + "\n");
    try (Fixture server = new Fixture(1_000, new RoutingTable(routes))) {
      for (Route route : routes) {
        table.append(route.method().name()).append(' ').append(route.path()).append(':');
        for (String caller : CALLERS) {
          table.append(' ').append(answer(server, route.method().name(), route, caller));
        }
        table.append('\n');
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, table);
    }
    assertThat(table.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void answersHeadOnEveryRouteAsItAnswersGet() throws Exception {
    List<Route> routes = answering200();
    try (Fixture server = new Fixture(1_000, new RoutingTable(routes))) {
      for (Route route : routes) {
        for (String caller : CALLERS) {
          boolean isRead = route.method().equals(HandlerType.GET);
          if (isRead || !hasGet(routes, route.path())) {
            assertThat(answer(server, "HEAD", route, caller))
                .as("HEAD %s by %s", route.path(), caller)
                .isEqualTo(isRead ? answer(server, "GET", route, caller) : 405);
          }
        }
      }
    }
  }

  @Test
  void refusesToTakeAnotherMethodFromAHeaderOnEveryRoute() throws Exception {
    AtomicInteger reached = new AtomicInteger();
    List<Route> routes =
        RoutingTableTest.table().routes().stream()
            .map(
                route ->
                    new Route(
                        route.method(),
                        route.path(),
                        route.policy(),
                        route.parameters(),
                        ctx -> reached.incrementAndGet()))
            .toList();
    try (Fixture server = new Fixture(1_000, new RoutingTable(routes))) {
      for (Route route : routes) {
        for (String method : List.of("GET", "HEAD", "POST", route.method().name())) {
          HttpResponse<String> answer =
              server.send(
                  server
                      .request(path(route), "root")
                      .header("X-HTTP-Method-Override", route.method().name())
                      .method(method, HttpRequest.BodyPublishers.noBody()));
          assertThat(answer.statusCode()).as("%s %s", method, route).isEqualTo(400);
          if (!method.equals("HEAD")) {
            assertThat(answer.body()).contains("X-HTTP-Method-Override is not supported");
          }
        }
      }
    }
    assertThat(reached).hasValue(0);
  }

  private static boolean hasGet(List<Route> routes, String path) {
    return routes.stream()
        .anyMatch(other -> other.method().equals(HandlerType.GET) && other.path().equals(path));
  }

  private static List<Route> answering200() {
    return RoutingTableTest.table().routes().stream()
        .map(
            route ->
                new Route(
                    route.method(),
                    route.path(),
                    route.policy(),
                    route.parameters(),
                    ctx -> ctx.status(200)))
        .toList();
  }

  private static int answer(Fixture server, String method, Route route, String caller)
      throws Exception {
    @Nullable String token = caller.equals(NOBODY) ? null : caller;
    return server.send(method, path(route), token, "").statusCode();
  }

  private static String path(Route route) {
    return route
        .path()
        .replace("{ns}", "acme")
        .replace("{service}", "hello")
        .replaceAll("\\{[^}]+}", "1");
  }
}

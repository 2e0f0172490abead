package io.cite.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every route there is, each once. */
final class RoutingTable {
  private final List<Route> routes;
  private final List<Pattern> paths;

  @SafeVarargs
  RoutingTable(List<Route>... groups) {
    List<Route> all = new ArrayList<>();
    for (List<Route> group : groups) {
      all.addAll(group);
    }
    all.sort(Comparator.comparing(Route::path).thenComparing(route -> route.method().name()));
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).path().equals(all.get(i - 1).path())
          && all.get(i).method().equals(all.get(i - 1).method())) {
        throw new IllegalStateException("two routes for " + all.get(i));
      }
    }
    this.routes = List.copyOf(all);
    this.paths =
        all.stream()
            .map(route -> Pattern.compile(route.path().replaceAll("\\{[^}]+}", "[^/]+")))
            .toList();
  }

  /** This table with more routes. */
  RoutingTable with(List<Route> more) {
    return new RoutingTable(routes, more);
  }

  List<Route> routes() {
    return routes;
  }

  /** The methods that some route takes for this path. */
  Set<String> methods(String path) {
    TreeSet<String> methods = new TreeSet<>();
    for (int i = 0; i < routes.size(); i++) {
      if (paths.get(i).matcher(path).matches()) {
        methods.add(routes.get(i).method().name());
      }
    }
    return methods;
  }

  /** The route that takes this method for this path; empty if there is none. */
  Optional<Route> find(String method, String path) {
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      if (route.method().name().equals(method) && paths.get(i).matcher(path).matches()) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }
}

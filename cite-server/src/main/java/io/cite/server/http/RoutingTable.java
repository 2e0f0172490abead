package io.cite.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every route there is, each once. */
final class RoutingTable {
  private final List<Route> routes;

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
    for (Route route : routes) {
      if (path.matches(route.path().replaceAll("\\{[^}]+}", "[^/]+"))) {
        methods.add(route.method().name());
      }
    }
    return methods;
  }
}

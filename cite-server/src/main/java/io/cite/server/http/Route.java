package io.cite.server.http;

import io.cite.core.error.InvalidInput;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of the routing table.
 *
 * @param path with parameters in braces
 * @param parameters the query parameters that it takes
 */
public record Route(
    HandlerType method, String path, Policy policy, Set<String> parameters, Action action) {
  private static final int LONGEST = 80;

  public Route {
    parameters = Set.copyOf(parameters);
  }

  /** What a route does. */
  @FunctionalInterface
  public interface Action {
    /** Answers the request; failures become problems. */
    void handle(Context ctx) throws Exception;
  }

  /** A route that reads. */
  public static Route get(String path, Policy policy, Action action) {
    return new Route(HandlerType.GET, path, policy, Set.of(), action);
  }

  /** A route that does something. */
  public static Route post(String path, Policy policy, Action action) {
    return new Route(HandlerType.POST, path, policy, Set.of(), action);
  }

  static Route patch(String path, Policy policy, Action action) {
    return new Route(HandlerType.PATCH, path, policy, Set.of(), action);
  }

  static Route delete(String path, Policy policy, Action action) {
    return new Route(HandlerType.DELETE, path, policy, Set.of(), action);
  }

  /** The same route, which takes these query parameters. */
  public Route taking(String... names) {
    return new Route(method, path, policy, Set.of(names), action);
  }

  /**
   * Refuses query parameters that the route does not take, and those that come more than once.
   * Routes for everybody and for webhooks take any: what calls them adds its own.
   *
   * @throws InvalidInput naming the parameter
   */
  void checkParameters(Context ctx) {
    if (policy instanceof Policy.Open || policy instanceof Policy.Signed) {
      return;
    }
    ctx.queryParamMap()
        .forEach(
            (name, values) -> {
              if (!parameters.contains(name)) {
                throw new InvalidInput(
                    "Unknown query parameter '" + shortened(name) + "'. " + known());
              }
              if (values.size() > 1) {
                throw new InvalidInput(
                    "The query parameter '" + name + "' is given more than once. Give it once.");
              }
            });
  }

  private String known() {
    return parameters.isEmpty()
        ? "This route takes none."
        : "This route takes " + String.join(", ", new TreeSet<>(parameters)) + ".";
  }

  private static String shortened(String name) {
    return name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
  }

  @Override
  public String toString() {
    return method.name() + " " + path + " " + policy;
  }
}

package io.cite.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * One line of the routing table.
 *
 * @param path with parameters in braces
 */
record Route(HandlerType method, String path, Policy policy, Action action) {

  /** What a route does. */
  @FunctionalInterface
  interface Action {
    /** Answers the request; failures become problems. */
    void handle(Context ctx) throws Exception;
  }

  static Route get(String path, Policy policy, Action action) {
    return new Route(HandlerType.GET, path, policy, action);
  }

  static Route post(String path, Policy policy, Action action) {
    return new Route(HandlerType.POST, path, policy, action);
  }

  static Route patch(String path, Policy policy, Action action) {
    return new Route(HandlerType.PATCH, path, policy, action);
  }

  static Route delete(String path, Policy policy, Action action) {
    return new Route(HandlerType.DELETE, path, policy, action);
  }

  @Override
  public String toString() {
    return method.name() + " " + path + " " + policy;
  }
}

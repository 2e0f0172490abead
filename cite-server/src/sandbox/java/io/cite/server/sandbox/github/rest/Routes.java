package io.cite.server.sandbox.github.rest;

import io.javalin.http.HandlerType;

/** Where resources say what they answer. */
interface Routes {

  void add(HandlerType method, String path, Access access, Action action);

  default void get(String path, Access access, Action action) {
    add(HandlerType.GET, path, access, action);
  }

  default void post(String path, Access access, Action action) {
    add(HandlerType.POST, path, access, action);
  }

  default void put(String path, Access access, Action action) {
    add(HandlerType.PUT, path, access, action);
  }

  default void patch(String path, Access access, Action action) {
    add(HandlerType.PATCH, path, access, action);
  }

  default void delete(String path, Access access, Action action) {
    add(HandlerType.DELETE, path, access, action);
  }

  /** What one route does. */
  @FunctionalInterface
  interface Action {
    Reply answer(Call call);
  }
}

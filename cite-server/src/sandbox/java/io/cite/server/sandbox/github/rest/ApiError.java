package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import tools.jackson.databind.node.ObjectNode;

/** An answer in GitHub's form of an error, thrown by whoever finds out. */
final class ApiError extends RuntimeException {

  private static final String DOCUMENTATION = "https://docs.github.com/rest";

  private final int status;
  private final transient ObjectNode body;

  private ApiError(int status, ObjectNode body) {
    super(body.path("message").asString(""), null, false, false);
    this.status = status;
    this.body = body;
  }

  static ApiError of(int status, String message) {
    return new ApiError(
        status,
        Json.object()
            .put("message", message)
            .put("documentation_url", DOCUMENTATION)
            .put("status", Integer.toString(status)));
  }

  static ApiError notFound() {
    return of(404, "Not Found");
  }

  /** A 422 that names the resource and says in words what is wrong with it. */
  static ApiError invalid(String resource, String message) {
    return invalid(Json.object().put("resource", resource).put("code", "custom"), message);
  }

  /**
   * A 422 that names the resource and the field, with GitHub's code such as {@code missing_field}.
   */
  static ApiError field(String resource, String field, String code) {
    return invalid(
        Json.object().put("resource", resource).put("field", field).put("code", code),
        field + " " + code);
  }

  private static ApiError invalid(ObjectNode error, String message) {
    ApiError failed = of(422, "Validation Failed");
    failed.body.set("errors", Json.array().add(error.put("message", message)));
    return failed;
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    return body;
  }
}

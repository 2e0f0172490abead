package io.cite.server.http;

import io.cite.core.domain.service.BranchSlug;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.error.CiteException;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.javalin.http.Context;

/** What the parameters of a path name; what cannot be a name is not found. */
public final class Paths {
  private Paths() {}

  /** The service that {@code ns} and {@code service} name. */
  public static ServiceId service(Context ctx) {
    try {
      return ServiceId.of(ctx.pathParam("ns"), ctx.pathParam("service"));
    } catch (InvalidInput e) {
      throw new NotFound("There is no such service");
    }
  }

  /** The environment of that service that {@code slug} names. */
  public static EnvironmentId environment(Context ctx, EnvironmentStore environments) {
    BranchSlug slug;
    try {
      slug = BranchSlug.parse(ctx.pathParam("slug"));
    } catch (InvalidInput e) {
      throw new NotFound("There is no such environment");
    }
    return environments.bySlug(service(ctx), slug);
  }

  static DeliveryId delivery(Context ctx) {
    try {
      return DeliveryId.parse(ctx.pathParam("id"));
    } catch (InvalidInput e) {
      throw new NotFound("There is no such delivery");
    }
  }

  /** The number that a parameter is. */
  public static long number(Context ctx, String name) {
    try {
      return Long.parseLong(ctx.pathParam(name));
    } catch (NumberFormatException e) {
      throw new NotFound("There is no such " + name);
    }
  }

  static String of(ServiceId service) {
    return "/v1/services/" + service;
  }

  static String of(EnvironmentId environment) {
    return of(environment.service()) + "/environments/" + environment.slug();
  }

  static boolean flag(Context ctx, String name) {
    String value = ctx.queryParam(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true") || value.isEmpty()) {
      return true;
    }
    throw wrong(name, "true or false");
  }

  static CiteException wrong(String name, String form) {
    return new InvalidInput("The query parameter '" + name + "' must be " + form);
  }
}

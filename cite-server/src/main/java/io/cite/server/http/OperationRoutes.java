package io.cite.server.http;

import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What operators and newcomers read: health, metrics and the description of the interface. */
final class OperationRoutes {
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Health health;
  private final Meters meters;
  private final String openapi = resource("openapi.json");
  private final String page = resource("docs.html");
  private final String script = resource("docs.js");
  private final String style = resource("docs.css");

  OperationRoutes(Health health, Meters meters) {
    this.health = health;
    this.meters = meters;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/healthz", Policy.open(), ctx -> ctx.json(Map.of("status", "up"))),
        Route.get("/readyz", Policy.open(), this::ready),
        Route.get("/metrics", Policy.platform(Verb.READ), this::metrics),
        Route.get("/openapi.json", Policy.open(), ctx -> text(ctx, "application/json", openapi)),
        Route.get("/docs", Policy.open(), ctx -> text(ctx, "text/html; charset=utf-8", page)),
        Route.get(
            "/docs/docs.js",
            Policy.open(),
            ctx -> text(ctx, "text/javascript; charset=utf-8", script)),
        Route.get(
            "/docs/docs.css", Policy.open(), ctx -> text(ctx, "text/css; charset=utf-8", style)));
  }

  private void ready(Context ctx) {
    Health.Report report = health.report();
    ctx.status(report.isReady() ? 200 : 503);
    ctx.json(
        Map.of("status", report.isReady() ? "ready" : "not ready", "systems", report.systems()));
  }

  private void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8");
    ctx.result(meters.scrape());
  }

  private static void text(Context ctx, String type, String text) {
    ctx.header("Content-Security-Policy", PAGE_POLICY);
    ctx.contentType(type);
    ctx.result(text);
  }

  static String resource(String name) {
    try (InputStream in = OperationRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

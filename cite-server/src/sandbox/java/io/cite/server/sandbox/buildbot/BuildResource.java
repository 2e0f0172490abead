package io.cite.server.sandbox.buildbot;

import io.cite.server.sandbox.buildbot.Builds.Build;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the REST API tells of builds: the subset that CITE reads. Each build has a source stamp, a
 * change, a build set, a request, one step and one log of its own, all with the build's number.
 *
 * @see <a href="https://docs.buildbot.net/latest/developer/rest.html">Buildbot's REST API</a>
 */
final class BuildResource {
  private final Supplier<Builds> builds;
  private final BiConsumer<Context, Object> answer;

  BuildResource(Supplier<Builds> builds, BiConsumer<Context, Object> answer) {
    this.builds = builds;
    this.answer = answer;
  }

  void routes(RoutesConfig routes) {
    routes.get("/api/v2/builds", this::list);
    routes.get("/api/v2/buildsets", this::sets);
    routes.get("/api/v2/buildrequests", this::requests);
    routes.post("/api/v2/buildrequests/{id}", this::cancel);
    routes.get("/api/v2/builds/{id}/steps", this::steps);
    routes.get("/api/v2/steps/{id}/logs", this::logs);
    routes.get("/api/v2/sourcestamps", this::stamps);
    routes.get("/api/v2/sourcestamps/{id}/changes", this::changes);
    routes.get("/api/v2/changes/{id}/builds", ctx -> answer(ctx, "builds", List.of(shape(build(ctx)))));
  }

  private void sets(Context ctx) {
    answer(
        ctx,
        "buildsets",
        open()
            .map(
                build ->
                    Map.of(
                        "bsid",
                        build.number(),
                        "sourcestamps",
                        List.of(
                            Map.of(
                                "project", build.request().repository().toString(),
                                "branch", build.request().branch().value(),
                                "revision", build.request().commit().value()))))
            .toList());
  }

  private void requests(Context ctx) {
    answer(
        ctx,
        "buildrequests",
        open()
            .map(build -> Map.of("buildrequestid", build.number(), "buildsetid", build.number()))
            .toList());
  }

  private Stream<Build> open() {
    return builds.get().all().stream().filter(build -> !build.complete());
  }

  private void cancel(Context ctx) {
    JsonNode call = JsonMapper.shared().readTree(ctx.bodyAsBytes());
    if (!call.path("method").asString("").equals("cancel")) {
      ctx.status(501);
      return;
    }
    builds.get().cancel(build(ctx));
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("jsonrpc", "2.0");
    reply.put("id", 1);
    reply.put("result", null);
    answer.accept(ctx, reply);
  }

  private void list(Context ctx) {
    Comparator<Build> order = Comparator.comparingLong(Build::number);
    String limit = ctx.queryParam("limit");
    answer(
        ctx,
        "builds",
        builds.get().all().stream()
            .sorted("-buildid".equals(ctx.queryParam("order")) ? order.reversed() : order)
            .limit(limit == null ? Long.MAX_VALUE : Long.parseLong(limit))
            .map(BuildResource::shape)
            .toList());
  }

  private Build build(Context ctx) {
    String id = ctx.pathParam("id");
    return id.matches("[0-9]{1,18}")
        ? builds.get().find(Long.parseLong(id)).orElseThrow(NotFoundResponse::new)
        : notFound();
  }

  private static Build notFound() {
    throw new NotFoundResponse();
  }

  private static Map<String, Object> shape(Build build) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("project", List.of(build.request().repository().toString(), "Change"));
    properties.put("branch", List.of(build.request().branch().value(), "Build"));
    properties.put("revision", List.of(build.request().commit().value(), "Build"));
    if (build.image() != null) {
      properties.put("imageName", List.of(build.image().toString(), "SetProperty Step"));
    }
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("buildid", build.number());
    shape.put("number", build.number());
    shape.put("builderid", 1);
    shape.put("complete", build.complete());
    shape.put("results", build.complete() ? build.results() : null);
    shape.put("properties", properties);
    return shape;
  }

  private void steps(Context ctx) {
    Build build = build(ctx);
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("stepid", build.number());
    step.put("name", "build");
    step.put("results", build.complete() ? build.results() : null);
    answer(ctx, "steps", List.of(step));
  }

  private void logs(Context ctx) {
    answer(
        ctx,
        "logs",
        builds.get().log(build(ctx).number()).stream()
            .map(
                log ->
                    Map.of(
                        "logid", log.id(), "name", "stdio", "type", "s", "num_lines", log.size()))
            .toList());
  }

  private void stamps(Context ctx) {
    answer(
        ctx,
        "sourcestamps",
        builds.get().all().stream()
            .filter(build -> build.request().commit().value().equals(ctx.queryParam("revision")))
            .map(build -> Map.of("ssid", build.number()))
            .toList());
  }

  private void changes(Context ctx) {
    answer(ctx, "changes", List.of(Map.of("changeid", build(ctx).number())));
  }

  private void answer(Context ctx, String name, List<?> list) {
    answer.accept(ctx, Map.of(name, list, "meta", Map.of("total", list.size())));
  }
}

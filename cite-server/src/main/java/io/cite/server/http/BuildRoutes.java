package io.cite.server.http;

import io.cite.core.UseCases;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.usecase.build.CancelBuild;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.sdk.wire.BuildRequest;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.List;

/** Builds of an environment. */
final class BuildRoutes {
  private static final String ALL = EnvironmentRoutes.ONE + "/builds";
  private static final String ONE = ALL + "/{build}";

  private final RequestBuild requestBuild;
  private final CancelBuild cancelBuild;
  private final FindCommit findCommit;
  private final ReadCatalogue catalogue;
  private final EnvironmentStore environments;
  private final Idempotency idempotency;

  BuildRoutes(UseCases useCases, EnvironmentStore environments, Idempotency idempotency) {
    this.requestBuild = useCases.requestBuild();
    this.cancelBuild = useCases.cancelBuild();
    this.findCommit = useCases.findCommit();
    this.catalogue = useCases.catalogue();
    this.environments = environments;
    this.idempotency = idempotency;
  }

  List<Route> routes() {
    return List.of(
        Route.get(ALL, Policy.service(Verb.READ), this::list).taking(Paging.PARAMETERS),
        Route.post(ALL, Policy.service(Verb.PUSH), idempotency.once(this::request)),
        Route.get(ONE, Policy.service(Verb.READ), this::read),
        Route.post(ONE + "/cancel", Policy.service(Verb.PUSH), idempotency.once(this::cancel)),
        Route.get(ONE + "/log", Policy.service(Verb.READ), this::log));
  }

  private void list(Context ctx) {
    ctx.json(
        Paging.of(ctx)
            .of(
                catalogue.builds(Paths.environment(ctx, environments)),
                build -> Long.toString(build.number()),
                ResponseMapper::build));
  }

  private void request(Context ctx) {
    BuildRequest body = Json.readOrEmpty(ctx, BuildRequest.class);
    EnvironmentId id = Paths.environment(ctx, environments);
    Build build =
        requestBuild.execute(
            new RequestBuild.Command(
                Principal.of(ctx).caller(),
                id,
                RequestMapper.commit(findCommit, id, body.commit())));
    accepted(ctx, id, build);
  }

  private void cancel(Context ctx) {
    Json.readNothing(ctx);
    EnvironmentId id = Paths.environment(ctx, environments);
    accepted(
        ctx,
        id,
        cancelBuild.execute(
            new CancelBuild.Command(Principal.of(ctx).caller(), id, Paths.number(ctx, "build"))));
  }

  private static void accepted(Context ctx, EnvironmentId id, Build build) {
    ctx.status(202);
    ctx.header("Location", Paths.of(id) + "/builds/" + build.number());
    ctx.json(ResponseMapper.build(build));
  }

  private void read(Context ctx) {
    ctx.json(
        ResponseMapper.build(
            catalogue.build(Paths.environment(ctx, environments), Paths.number(ctx, "build"))));
  }

  private void log(Context ctx) {
    ctx.contentType("text/plain; charset=utf-8");
    ctx.result(
        catalogue.buildLog(Paths.environment(ctx, environments), Paths.number(ctx, "build")));
  }
}

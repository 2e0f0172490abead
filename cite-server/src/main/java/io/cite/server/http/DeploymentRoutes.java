package io.cite.server.http;

import io.cite.core.UseCases;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.CancelDeployment;
import io.cite.core.usecase.deploy.RequestDeployment;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.sdk.wire.ActivateRequest;
import io.cite.sdk.wire.DeployRequest;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.List;

/** Deployments of an environment. */
final class DeploymentRoutes {
  private static final String ALL = EnvironmentRoutes.ONE + "/deployments";
  private static final String ONE = ALL + "/{deployment}";

  private final RequestDeployment requestDeployment;
  private final ActivateDeployment activateDeployment;
  private final CancelDeployment cancelDeployment;
  private final FindCommit findCommit;
  private final ReadCatalogue catalogue;
  private final EnvironmentStore environments;
  private final Idempotency idempotency;

  DeploymentRoutes(UseCases useCases, EnvironmentStore environments, Idempotency idempotency) {
    this.requestDeployment = useCases.requestDeployment();
    this.activateDeployment = useCases.activateDeployment();
    this.cancelDeployment = useCases.cancelDeployment();
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
        Route.post(ONE + "/activate", Policy.service(Verb.PUSH), idempotency.once(this::activate)),
        Route.post(ONE + "/cancel", Policy.service(Verb.PUSH), idempotency.once(this::cancel)));
  }

  private void list(Context ctx) {
    ctx.json(
        Paging.of(ctx)
            .of(
                catalogue.deployments(Paths.environment(ctx, environments)),
                deployment -> Long.toString(deployment.seq()),
                ResponseMapper::deployment));
  }

  private void request(Context ctx) {
    DeployRequest body = Json.readOrEmpty(ctx, DeployRequest.class);
    EnvironmentId id = Paths.environment(ctx, environments);
    accepted(
        ctx,
        id,
        requestDeployment.execute(
            new RequestDeployment.Command(
                Principal.of(ctx).caller(),
                id,
                RequestMapper.commit(findCommit, id, body.commit()),
                body.build())));
  }

  private void read(Context ctx) {
    ctx.json(
        ResponseMapper.deployment(
            catalogue.deployment(
                Paths.environment(ctx, environments), Paths.number(ctx, "deployment"))));
  }

  private void activate(Context ctx) {
    ActivateRequest body = Json.readOrEmpty(ctx, ActivateRequest.class);
    EnvironmentId id = Paths.environment(ctx, environments);
    accepted(
        ctx,
        id,
        activateDeployment.execute(
            new ActivateDeployment.Command(
                Principal.of(ctx).caller(), id, Paths.number(ctx, "deployment"), body.reason())));
  }

  private void cancel(Context ctx) {
    Json.readNothing(ctx);
    EnvironmentId id = Paths.environment(ctx, environments);
    accepted(
        ctx,
        id,
        cancelDeployment.execute(
            new CancelDeployment.Command(
                Principal.of(ctx).caller(), id, Paths.number(ctx, "deployment"))));
  }

  private static void accepted(Context ctx, EnvironmentId id, Deployment deployment) {
    ctx.status(202);
    ctx.header("Location", Paths.of(id) + "/deployments/" + deployment.seq());
    ctx.json(ResponseMapper.deployment(deployment));
  }
}

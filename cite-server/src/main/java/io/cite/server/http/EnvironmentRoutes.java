package io.cite.server.http;

import io.cite.core.UseCases;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.usecase.create.AddEnvironment;
import io.cite.core.usecase.operate.ClearPin;
import io.cite.core.usecase.operate.DeleteEnvironment;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.core.usecase.operate.ReadCatalogue.EnvironmentOverview;
import io.cite.core.usecase.operate.UpdateEnvironment;
import io.cite.sdk.wire.AddEnvironmentRequest;
import io.cite.sdk.wire.UpdateEnvironmentRequest;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.List;

/** Environments: adding, reading, changing and deleting them. */
final class EnvironmentRoutes {
  static final String ALL = "/v1/services/{ns}/{service}/environments";
  static final String ONE = ALL + "/{slug}";

  private final AddEnvironment addEnvironment;
  private final ReadCatalogue catalogue;
  private final UpdateEnvironment updateEnvironment;
  private final DeleteEnvironment deleteEnvironment;
  private final ClearPin clearPin;
  private final EnvironmentStore environments;
  private final Idempotency idempotency;

  EnvironmentRoutes(UseCases useCases, EnvironmentStore environments, Idempotency idempotency) {
    this.addEnvironment = useCases.addEnvironment();
    this.catalogue = useCases.catalogue();
    this.updateEnvironment = useCases.updateEnvironment();
    this.deleteEnvironment = useCases.deleteEnvironment();
    this.clearPin = useCases.clearPin();
    this.environments = environments;
    this.idempotency = idempotency;
  }

  List<Route> routes() {
    return List.of(
        Route.get(ALL, Policy.service(Verb.READ), this::list).taking(Paging.PARAMETERS),
        Route.post(ALL, Policy.service(Verb.ADMIN), idempotency.once(this::add)),
        Route.get(ONE, Policy.service(Verb.READ), this::read),
        Route.patch(ONE, Policy.service(Verb.PUSH), this::update),
        Route.delete(ONE, Policy.service(Verb.ADMIN), this::delete),
        Route.delete(ONE + "/pin", Policy.service(Verb.PUSH), this::unpin));
  }

  private void list(Context ctx) {
    ServiceId service = Paths.service(ctx);
    catalogue.service(service);
    ctx.json(
        Paging.of(ctx)
            .of(
                catalogue.environments(service),
                view -> view.settings().id().slug().value(),
                ResponseMapper::environment));
  }

  private void add(Context ctx) {
    AddEnvironmentRequest body = Json.read(ctx, AddEnvironmentRequest.class);
    BranchName branch = BranchName.parse(RequestMapper.required("branch", body.branch()));
    EnvironmentId id =
        addEnvironment
            .execute(
                new AddEnvironment.Command(Principal.of(ctx).caller(), Paths.service(ctx), branch))
            .id();
    EnvironmentOverview view = catalogue.environment(id);
    ctx.status(201);
    ctx.header("Location", Paths.of(id));
    ETags.tell(ctx, view.revision());
    ctx.json(ResponseMapper.environment(view));
  }

  private void read(Context ctx) {
    EnvironmentOverview view = catalogue.environment(Paths.environment(ctx, environments));
    ETags.tell(ctx, view.revision());
    ctx.json(ResponseMapper.environment(view));
  }

  private void update(Context ctx) {
    UpdateEnvironmentRequest body = Json.read(ctx, UpdateEnvironmentRequest.class);
    Principal principal = Principal.of(ctx);
    if (body.autoDeploy() != null
        || body.removeWithBranch() != null
        || body.variables() != null
        || body.secrets() != null) {
      // scaling is for whoever may deploy; settings are for administrators
      principal.require(Verb.ADMIN, Paths.service(ctx));
    }
    EnvironmentId id = Paths.environment(ctx, environments);
    updateEnvironment.execute(RequestMapper.update(principal.caller(), id, ETags.seen(ctx), body));
    read(ctx);
  }

  private void delete(Context ctx) {
    EnvironmentId id = Paths.environment(ctx, environments);
    deleteEnvironment.execute(
        new DeleteEnvironment.Command(Principal.of(ctx).caller(), id, ETags.seen(ctx)));
    ctx.status(202);
    ctx.json(ResponseMapper.environment(catalogue.environment(id)));
  }

  private void unpin(Context ctx) {
    clearPin.execute(
        new ClearPin.Command(Principal.of(ctx).caller(), Paths.environment(ctx, environments)));
    read(ctx);
  }
}

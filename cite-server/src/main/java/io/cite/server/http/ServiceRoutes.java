package io.cite.server.http;

import io.cite.core.UseCases;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.usecase.create.CreateService;
import io.cite.core.usecase.operate.DeleteService;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.core.usecase.operate.ReadCatalogue.ServiceOverview;
import io.cite.core.usecase.operate.UpdateService;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.ServiceView;
import io.cite.sdk.wire.UpdateServiceRequest;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** Services: creating, reading, changing and deleting them. */
final class ServiceRoutes {
  private static final String ALL = "/v1/services";
  private static final String ONE = ALL + "/{ns}/{service}";

  private final CreateService createService;
  private final ReadCatalogue catalogue;
  private final UpdateService updateService;
  private final DeleteService deleteService;
  private final Idempotency idempotency;

  ServiceRoutes(UseCases useCases, Idempotency idempotency) {
    this.createService = useCases.createService();
    this.catalogue = useCases.catalogue();
    this.updateService = useCases.updateService();
    this.deleteService = useCases.deleteService();
    this.idempotency = idempotency;
  }

  List<Route> routes() {
    return List.of(
        Route.get(ALL, Policy.token(Verb.READ), this::list).taking(Paging.PARAMETERS),
        Route.post(ALL, Policy.token(Verb.ADMIN), idempotency.once(this::create)).taking("dryRun"),
        Route.get(ONE, Policy.service(Verb.READ), this::read),
        Route.patch(ONE, Policy.service(Verb.ADMIN), this::update),
        Route.delete(ONE, Policy.service(Verb.ADMIN), this::delete));
  }

  private void create(Context ctx) {
    Principal principal = Principal.of(ctx);
    CreateService.Command command =
        RequestMapper.create(principal.caller(), Json.read(ctx, CreateServiceRequest.class));
    ServiceName name =
        command.name() == null ? ServiceName.from(command.repository().name()) : command.name();
    principal.requireScope(
        Verb.ADMIN, new ServiceId(Namespace.of(command.repository().owner()), name));
    if (Paths.flag(ctx, "dryRun")) {
      ctx.json(ResponseMapper.plan(createService.plan(command)));
      return;
    }
    ServiceId id = createService.execute(command).id();
    ctx.status(202);
    ctx.header("Location", Paths.of(id));
    ctx.json(ResponseMapper.service(catalogue.service(id)));
  }

  private void list(Context ctx) {
    Principal principal = Principal.of(ctx);
    Paging paging = Paging.of(ctx);
    List<ServiceView> items = new ArrayList<>();
    ServiceId after = paging.after() == null ? null : ServiceId.parse(paging.after());
    while (true) {
      List<ServiceOverview> page = catalogue.services(after, paging.limit());
      for (ServiceOverview view : page) {
        after = view.settings().id();
        if (principal.sees(after)) {
          items.add(ResponseMapper.service(view));
          if (items.size() == paging.limit()) {
            ctx.json(Paging.page(items, after.toString()));
            return;
          }
        }
      }
      if (page.size() < paging.limit()) {
        ctx.json(Paging.page(items, null));
        return;
      }
    }
  }

  private void read(Context ctx) {
    ServiceOverview view = catalogue.service(Paths.service(ctx));
    ETags.tell(ctx, view.revision());
    ctx.json(ResponseMapper.service(view));
  }

  private void update(Context ctx) {
    ServiceId id = Paths.service(ctx);
    UpdateServiceRequest body = Json.read(ctx, UpdateServiceRequest.class);
    updateService.execute(
        RequestMapper.update(Principal.of(ctx).caller(), id, ETags.seen(ctx), body));
    read(ctx);
  }

  private void delete(Context ctx) {
    ServiceId id = Paths.service(ctx);
    deleteService.execute(
        new DeleteService.Command(Principal.of(ctx).caller(), id, ETags.seen(ctx)));
    ctx.status(202);
    ctx.json(ResponseMapper.service(catalogue.service(id)));
  }
}

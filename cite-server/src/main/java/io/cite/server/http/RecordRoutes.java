package io.cite.server.http;

import io.cite.core.UseCases;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.AuditTrail.Numbered;
import io.cite.core.usecase.operate.CollectGarbage;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.sdk.wire.WhyView;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** What happened and why: deliveries, stories of commits, the audit trail; and tidying up. */
final class RecordRoutes {
  private final ReadCatalogue catalogue;
  private final Explain explain;
  private final FindCommit findCommit;
  private final CollectGarbage collectGarbage;
  private final AuditTrail audit;
  private final Idempotency idempotency;

  RecordRoutes(UseCases useCases, AuditTrail audit, Idempotency idempotency) {
    this.catalogue = useCases.catalogue();
    this.explain = useCases.explain();
    this.findCommit = useCases.findCommit();
    this.collectGarbage = useCases.collectGarbage();
    this.audit = audit;
    this.idempotency = idempotency;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/deliveries", Policy.token(Verb.READ), this::deliveries)
            .taking(Paging.PARAMETERS),
        Route.get("/v1/deliveries/{id}", Policy.token(Verb.READ), this::delivery),
        Route.get("/v1/why/{owner}/{repo}/{commit}", Policy.token(Verb.READ), this::why),
        Route.get("/v1/audit", Policy.token(Verb.READ), this::audit).taking(Paging.PARAMETERS),
        Route.post("/v1/gc", Policy.platform(Verb.ADMIN), idempotency.once(this::collect))
            .taking("dryRun"));
  }

  private void deliveries(Context ctx) {
    Principal principal = Principal.of(ctx);
    Paging paging = Paging.of(ctx);
    String after = paging.after();
    if (after != null && !Delivery.isPosition(after)) {
      throw Paging.wrongCursor();
    }
    ctx.json(
        paging.among(
            catalogue::deliveries,
            Delivery::position,
            delivery -> sees(principal, delivery),
            ResponseMapper::delivery));
  }

  private void delivery(Context ctx) {
    Delivery delivery = catalogue.delivery(Paths.delivery(ctx));
    if (!sees(Principal.of(ctx), delivery)) {
      throw new NotFound("There is no delivery " + delivery.id());
    }
    ctx.json(ResponseMapper.delivery(delivery));
  }

  private static boolean sees(Principal principal, Delivery delivery) {
    RepositoryName repository = delivery.repository();
    return repository == null ? principal.seesEverything() : principal.sees(repository);
  }

  private void why(Context ctx) {
    RepositoryName repository = repository(ctx);
    if (!Principal.of(ctx).sees(repository)) {
      throw new NotFound("No service is created from " + repository);
    }
    CommitId commit = commit(repository, ctx.pathParam("commit"));
    List<Explain.Entry> story = explain.execute(new Explain.Command(repository, commit));
    ctx.json(
        new WhyView(
            commit.toString(),
            repository.toString(),
            story.stream().map(entry -> ResponseMapper.why(entry, commit)).toList()));
  }

  private static RepositoryName repository(Context ctx) {
    try {
      return new RepositoryName(ctx.pathParam("owner"), ctx.pathParam("repo"));
    } catch (InvalidInput e) {
      throw new NotFound("There is no such repository: " + e.getMessage());
    }
  }

  private CommitId commit(RepositoryName repository, String text) {
    try {
      return findCommit.execute(new FindCommit.Command(repository, text));
    } catch (InvalidInput e) {
      throw new NotFound("There is no such commit: " + e.getMessage());
    }
  }

  private void audit(Context ctx) {
    Principal principal = Principal.of(ctx);
    Paging paging = Paging.of(ctx);
    paging.afterNumber();
    ctx.json(
        paging.among(
            (after, limit) -> audit.list(after == null ? null : Long.valueOf(after), limit),
            entry -> Long.toString(entry.sequence()),
            entry -> sees(principal, entry),
            ResponseMapper::audit));
  }

  /** Targets begin with the service that they are about, if they are about one. */
  private static boolean sees(Principal principal, Numbered entry) {
    if (principal.seesEverything()) {
      return true;
    }
    String[] parts = entry.entry().target().split("[/#]");
    try {
      return parts.length >= 2 && principal.sees(ServiceId.of(parts[0], parts[1]));
    } catch (InvalidInput e) {
      return false;
    }
  }

  private void collect(Context ctx) {
    Json.readNothing(ctx);
    boolean dryRun = Paths.flag(ctx, "dryRun");
    List<String> names =
        collectGarbage.execute(new CollectGarbage.Command(Principal.of(ctx).caller(), dryRun));
    ctx.json(Map.of("dryRun", dryRun, "rollouts", names));
  }
}

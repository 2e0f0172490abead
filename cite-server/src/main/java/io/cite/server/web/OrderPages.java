package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.CiteException;
import io.cite.core.error.Conflict;
import io.cite.core.error.InvalidInput;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.build.CancelBuild;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.CancelDeployment;
import io.cite.core.usecase.deploy.RequestDeployment;
import io.cite.core.usecase.operate.ClearPin;
import io.cite.core.usecase.operate.UpdateEnvironment;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Paths;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.view.ConfirmPage;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of an environment: each shows what it would do, and does it when it is sent. */
final class OrderPages {
  private static final String ONE = EnvironmentPages.ONE;
  private static final String BUILD = ONE + "/builds/{build}";
  private static final String DEPLOYMENT = ONE + "/deployments/{deployment}";
  private static final int UNPROCESSABLE = 422;

  private final Site site;
  private final Stores stores;
  private final UseCases useCases;
  private final Plans plans;

  OrderPages(Site site, Stores stores, UseCases useCases, String publicUrl) {
    this.site = site;
    this.stores = stores;
    this.useCases = useCases;
    this.plans = new Plans(stores, useCases.findCommit(), publicUrl);
  }

  /** One form: how its page is made, and what it does. */
  private record Order(Plan plan, Doing doing) {}

  /** What a form would do. */
  private interface Plan {
    ConfirmPage page(Visit visit, EnvironmentId id);
  }

  /** Does what a form says; where the browser goes then. */
  private interface Doing {
    String href(Context ctx, Caller caller, EnvironmentId id);
  }

  List<Route> routes() {
    Policy policy = Policy.service(Verb.PUSH);
    Order build = new Order(plans::build, this::build);
    Order deploy = new Order(plans::deploy, this::deploy);
    Order scale = new Order(plans::scale, this::scale);
    Order release = new Order(plans::release, this::release);
    Order activate = new Order(plans::activate, this::activate);
    Order cancel = new Order(plans::cancel, this::cancel);
    Order cancelBuild = new Order(plans::cancelBuild, this::cancelBuild);
    return List.of(
        Route.get(ONE + "/build", policy, ctx -> ask(ctx, build)).taking("commit"),
        Route.post(ONE + "/build", policy, ctx -> send(ctx, build)),
        Route.get(ONE + "/deploy", policy, ctx -> ask(ctx, deploy)).taking("commit", "build"),
        Route.post(ONE + "/deploy", policy, ctx -> send(ctx, deploy)),
        Route.get(ONE + "/scale", policy, ctx -> ask(ctx, scale)),
        Route.post(ONE + "/scale", policy, ctx -> send(ctx, scale)),
        Route.get(ONE + "/release", policy, ctx -> ask(ctx, release)),
        Route.post(ONE + "/release", policy, ctx -> send(ctx, release)),
        Route.get(BUILD + "/cancel", policy, ctx -> ask(ctx, cancelBuild)),
        Route.post(BUILD + "/cancel", policy, ctx -> send(ctx, cancelBuild)),
        Route.get(DEPLOYMENT + "/activate", policy, ctx -> ask(ctx, activate)),
        Route.post(DEPLOYMENT + "/activate", policy, ctx -> send(ctx, activate)),
        Route.get(DEPLOYMENT + "/cancel", policy, ctx -> ask(ctx, cancel)),
        Route.post(DEPLOYMENT + "/cancel", policy, ctx -> send(ctx, cancel)));
  }

  private void ask(Context ctx, Order order) {
    Visit visit = site.visit(ctx);
    show(visit, order.plan().page(visit, Paths.environment(ctx, stores.environments())));
  }

  private void show(Visit visit, ConfirmPage page) {
    site.show(visit, "confirm", page.heading().title(), page);
  }

  private void send(Context ctx, Order order) {
    Visit visit = site.visit(ctx);
    EnvironmentId id = Paths.environment(ctx, stores.environments());
    String href;
    try {
      href = order.doing().href(ctx, visit.someone().caller(), id);
    } catch (InvalidInput | Conflict e) {
      ctx.status(UNPROCESSABLE);
      show(visit, order.plan().page(visit, id).refused(e.getMessage()));
      return;
    }
    Visit.seeOther(ctx, href);
  }

  private String build(Context ctx, Caller caller, EnvironmentId id) {
    RequestBuild.Command order = new RequestBuild.Command(caller, id, commit(ctx, id));
    long number = useCases.requestBuild().execute(order).number();
    return Hrefs.build(id, number);
  }

  private String deploy(Context ctx, Caller caller, EnvironmentId id) {
    String build = ctx.formParam("build");
    Deployment deployment =
        useCases
            .requestDeployment()
            .execute(
                new RequestDeployment.Command(
                    caller, id, commit(ctx, id), build == null ? null : number(build, "build")));
    return Hrefs.deployment(id, deployment.seq());
  }

  private String scale(Context ctx, Caller caller, EnvironmentId id) {
    Replicas replicas =
        new Replicas(Math.toIntExact(number(ctx.formParam("replicas"), "replicas")));
    useCases
        .updateEnvironment()
        .execute(
            new UpdateEnvironment.Command(
                caller, id, SeenRevisions.any(), replicas, null, null, null, Map.of(), Set.of()));
    return Hrefs.of(id);
  }

  private String release(Context ctx, Caller caller, EnvironmentId id) {
    useCases.clearPin().execute(new ClearPin.Command(caller, id));
    return Hrefs.of(id);
  }

  private String activate(Context ctx, Caller caller, EnvironmentId id) {
    String reason = ctx.formParam("reason");
    if (reason == null || reason.isBlank()) {
      throw new InvalidInput(
          "Give the reason of the rollback. It is shown while the environment is pinned.");
    }
    Deployment deployment =
        useCases
            .activateDeployment()
            .execute(
                new ActivateDeployment.Command(
                    caller, id, Paths.number(ctx, "deployment"), reason.strip()));
    return Hrefs.deployment(id, deployment.seq());
  }

  private String cancel(Context ctx, Caller caller, EnvironmentId id) {
    long seq = Paths.number(ctx, "deployment");
    useCases.cancelDeployment().execute(new CancelDeployment.Command(caller, id, seq));
    return Hrefs.deployment(id, seq);
  }

  private String cancelBuild(Context ctx, Caller caller, EnvironmentId id) {
    long number = Paths.number(ctx, "build");
    useCases.cancelBuild().execute(new CancelBuild.Command(caller, id, number));
    return Hrefs.build(id, number);
  }

  private @Nullable CommitId commit(Context ctx, EnvironmentId id) {
    String commit = ctx.formParam("commit");
    return commit == null || commit.isBlank() ? null : useCases.findCommit().execute(id, commit);
  }

  private static long number(@Nullable String text, String field) throws CiteException {
    if (text == null || !text.strip().matches("\\d{1,9}")) {
      throw new InvalidInput("The field '" + field + "' must be a whole number.");
    }
    return Long.parseLong(text.strip());
  }
}

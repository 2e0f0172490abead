package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.Stores;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of an environment: each shows what it would do, and does it when it is sent. */
final class OrderPages {
  private static final String ONE = EnvironmentPages.ONE;
  private static final String BUILD = ONE + "/builds/{build}";
  private static final String DEPLOYMENT = ONE + "/deployments/{deployment}";

  private final Forms forms;
  private final Stores stores;
  private final UseCases useCases;
  private final Plans plans;

  OrderPages(Site site, Stores stores, UseCases useCases, String publicUrl) {
    this.forms = new Forms(site);
    this.stores = stores;
    this.useCases = useCases;
    this.plans = new Plans(stores, useCases.findCommit(), publicUrl);
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(at(ONE + "/build", plans::build, this::build, "commit"));
    routes.addAll(at(ONE + "/deploy", plans::deploy, this::deploy, "commit", "build"));
    routes.addAll(at(ONE + "/scale", plans::scale, this::scale));
    routes.addAll(at(ONE + "/release", plans::release, this::release));
    routes.addAll(at(BUILD + "/cancel", plans::cancelBuild, this::cancelBuild));
    routes.addAll(at(DEPLOYMENT + "/activate", plans::activate, this::activate));
    routes.addAll(at(DEPLOYMENT + "/cancel", plans::cancel, this::cancel));
    return routes;
  }

  private List<Route> at(
      String path,
      Forms.Plan<EnvironmentId> plan,
      Forms.Doing<EnvironmentId> doing,
      String... parameters) {
    Policy policy = Policy.service(Verb.PUSH);
    return forms.at(
        path,
        policy,
        new Forms.Order<>(ctx -> Paths.environment(ctx, stores.environments()), plan, doing),
        parameters);
  }

  private String build(Form form, Caller caller, EnvironmentId id) {
    RequestBuild.Command order = new RequestBuild.Command(caller, id, commit(form, id));
    long number = useCases.requestBuild().execute(order).number();
    return Hrefs.build(id, number);
  }

  private String deploy(Form form, Caller caller, EnvironmentId id) {
    Deployment deployment =
        useCases
            .requestDeployment()
            .execute(
                new RequestDeployment.Command(
                    caller,
                    id,
                    commit(form, id),
                    form.text("build").isEmpty() ? null : (long) form.number("build")));
    return Hrefs.deployment(id, deployment.seq());
  }

  private String scale(Form form, Caller caller, EnvironmentId id) {
    Replicas replicas = new Replicas(form.number("replicas"));
    useCases
        .updateEnvironment()
        .execute(
            new UpdateEnvironment.Command(
                caller, id, SeenRevisions.any(), replicas, null, null, null, Map.of(), Set.of()));
    return Hrefs.of(id);
  }

  private String release(Form form, Caller caller, EnvironmentId id) {
    useCases.clearPin().execute(new ClearPin.Command(caller, id));
    return Hrefs.of(id);
  }

  private String activate(Form form, Caller caller, EnvironmentId id) {
    String reason = form.text("reason");
    if (reason.isEmpty()) {
      throw new InvalidInput(
          "Give the reason of the rollback. It is shown while the environment is pinned.");
    }
    Deployment deployment =
        useCases
            .activateDeployment()
            .execute(
                new ActivateDeployment.Command(
                    caller, id, Paths.number(form.ctx(), "deployment"), reason));
    return Hrefs.deployment(id, deployment.seq());
  }

  private String cancel(Form form, Caller caller, EnvironmentId id) {
    long seq = Paths.number(form.ctx(), "deployment");
    useCases.cancelDeployment().execute(new CancelDeployment.Command(caller, id, seq));
    return Hrefs.deployment(id, seq);
  }

  private String cancelBuild(Form form, Caller caller, EnvironmentId id) {
    long number = Paths.number(form.ctx(), "build");
    useCases.cancelBuild().execute(new CancelBuild.Command(caller, id, number));
    return Hrefs.build(id, number);
  }

  private @Nullable CommitId commit(Form form, EnvironmentId id) {
    String commit = form.text("commit");
    return commit.isEmpty() ? null : useCases.findCommit().execute(id, commit);
  }
}

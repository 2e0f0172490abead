package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.CiteException;
import io.cite.core.usecase.create.CreateService;
import io.cite.core.usecase.create.Plan;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Policy;
import io.cite.server.http.Principal;
import io.cite.server.http.Route;
import io.cite.server.web.view.NewServicePage;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creating a service: the form, the plan, and then the order. */
final class NewServicePages {
  private static final String PATH = "/new";
  private static final List<String> FIELDS =
      List.of(
          "repository", "branch", "name", "ports", "probe", "replicas", "autoDeploy", "variables");

  private final Site site;
  private final UseCases useCases;

  NewServicePages(Site site, UseCases useCases) {
    this.site = site;
    this.useCases = useCases;
  }

  List<Route> routes() {
    return List.of(
        Route.get(PATH, Policy.token(Verb.ADMIN), this::form).taking("repository", "branch"),
        Route.post(PATH, Policy.token(Verb.ADMIN), this::send));
  }

  private void form(Context ctx) {
    Map<String, String> values = new HashMap<>();
    for (String name : List.of("repository", "branch")) {
      String value = ctx.queryParam(name);
      values.put(name, value == null ? "" : value);
    }
    values.put("replicas", "1");
    values.put("autoDeploy", "on");
    show(site.visit(ctx), new NewServicePage(values, List.of(), null));
  }

  private void show(Visit visit, NewServicePage page) {
    site.show(visit, "newService", visit.t().of("navigation.new"), page);
  }

  private void send(Context ctx) {
    Visit visit = site.visit(ctx);
    Map<String, String> values = new HashMap<>();
    for (String name : FIELDS) {
      String value = ctx.formParam(name);
      values.put(name, value == null ? "" : value.strip());
    }
    try {
      CreateService.Command command = command(visit.someone(), new Form(ctx));
      if ("create".equals(ctx.formParam("step"))) {
        ServiceId id = useCases.createService().execute(command).id();
        Visit.seeOther(ctx, Hrefs.of(id));
        return;
      }
      Plan found = useCases.createService().plan(command);
      List<NewServicePage.Change> plan =
          found.changes().stream()
              .map(
                  change ->
                      new NewServicePage.Change(
                          visit.t().of(change.step()),
                          visit.t().of(change.action()),
                          target(found, change)))
              .toList();
      show(visit, new NewServicePage(values, plan, null));
    } catch (CiteException e) {
      ctx.status(Forms.status(e));
      show(visit, new NewServicePage(values, List.of(), e.getMessage()));
    }
  }

  /** What is made; of the Service also its ports, with what is to be known of them. */
  private static String target(Plan plan, Plan.Change change) {
    if (change.step() != StepRecord.CreateStep.KUBERNETES_SERVICE) {
      return change.target();
    }
    List<String> parts = new ArrayList<>();
    plan.ports().forEach(port -> parts.add(port.number() + ": " + port.from()));
    parts.addAll(plan.notes());
    return change.target() + " (" + String.join("; ", parts) + ")";
  }

  private static CreateService.Command command(Principal who, Form form) {
    RepositoryName repository = RepositoryName.parse(form.given("repository"));
    String name = form.text("name");
    ServiceName service =
        name.isEmpty() ? ServiceName.from(repository.name()) : ServiceName.parse(name);
    who.requireScope(Verb.ADMIN, new ServiceId(Namespace.of(repository.owner()), service));
    String branch = form.text("branch");
    String probe = form.text("probe");
    return new CreateService.Command(
        who.caller(),
        repository,
        branch.isEmpty() ? null : BranchName.parse(branch),
        name.isEmpty() ? null : service,
        form.ports("ports"),
        probe.isEmpty() ? null : new Probe(probe, null),
        new Replicas(form.number("replicas")),
        form.isOn("autoDeploy"),
        false,
        form.variables("variables"),
        Map.of(),
        List.of());
  }
}

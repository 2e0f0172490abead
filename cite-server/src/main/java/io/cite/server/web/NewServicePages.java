package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.CiteException;
import io.cite.core.error.Conflict;
import io.cite.core.error.Forbidden;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.usecase.create.CreateService;
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
import org.jspecify.annotations.Nullable;

/** Creating a service: the form, the plan, and then the order. */
final class NewServicePages {
  private static final String PATH = "/new";
  private static final List<String> FIELDS =
      List.of(
          "repository", "branch", "name", "ports", "probe", "replicas", "autoDeploy", "variables");
  private static final int UNPROCESSABLE = 422;

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
      CreateService.Command command = command(visit.someone(), values);
      if ("create".equals(ctx.formParam("step"))) {
        ServiceId id = useCases.createService().execute(command).id();
        Visit.seeOther(ctx, Hrefs.of(id));
        return;
      }
      List<NewServicePage.Change> plan =
          useCases.createService().plan(command).changes().stream()
              .map(
                  change ->
                      new NewServicePage.Change(
                          visit.t().of(change.step()),
                          visit.t().of(change.action()),
                          change.target()))
              .toList();
      show(visit, new NewServicePage(values, plan, null));
    } catch (InvalidInput | Conflict | Forbidden | NotFound e) {
      ctx.status(UNPROCESSABLE);
      show(visit, new NewServicePage(values, List.of(), e.getMessage()));
    }
  }

  private static CreateService.Command command(Principal who, Map<String, String> values) {
    RepositoryName repository = RepositoryName.parse(given(values, "repository"));
    String name = values.getOrDefault("name", "");
    ServiceName service =
        name.isEmpty() ? ServiceName.from(repository.name()) : ServiceName.parse(name);
    who.requireScope(Verb.ADMIN, new ServiceId(Namespace.of(repository.owner()), service));
    String branch = values.getOrDefault("branch", "");
    String probe = values.getOrDefault("probe", "");
    return new CreateService.Command(
        who.caller(),
        repository,
        branch.isEmpty() ? null : BranchName.parse(branch),
        name.isEmpty() ? null : service,
        ports(values.getOrDefault("ports", "")),
        probe.isEmpty() ? null : new Probe(probe, null),
        new Replicas(number(given(values, "replicas"), "replicas")),
        "on".equals(values.get("autoDeploy")),
        false,
        variables(values.getOrDefault("variables", "")),
        Map.of(),
        List.of());
  }

  private static String given(Map<String, String> values, String field) {
    String value = values.getOrDefault(field, "");
    if (value.isEmpty()) {
      throw new InvalidInput("The field '" + field + "' is missing");
    }
    return value;
  }

  private static int number(String text, String field) throws CiteException {
    if (!text.matches("\\d{1,6}")) {
      throw new InvalidInput("The field '" + field + "' must be a whole number.");
    }
    return Integer.parseInt(text);
  }

  private static @Nullable ContainerPorts ports(String text) {
    if (text.isEmpty()) {
      return null;
    }
    List<Integer> ports = new ArrayList<>();
    for (String port : text.split("[,\\s]+")) {
      ports.add(number(port, "ports"));
    }
    return new ContainerPorts(ports);
  }

  /** One variable on each line, name and value apart by the first equals sign. */
  private static Variables variables(String text) {
    Map<String, String> variables = new HashMap<>();
    for (String line : text.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new InvalidInput("Write each variable on a line of its own, as NAME=value.");
      }
      variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return new Variables(variables);
  }
}

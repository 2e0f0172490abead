package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.InvalidInput;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.create.AddEnvironment;
import io.cite.core.usecase.operate.DeleteEnvironment;
import io.cite.core.usecase.operate.DeleteService;
import io.cite.core.usecase.operate.UpdateEnvironment;
import io.cite.core.usecase.operate.UpdateService;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Paths;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms that change, add and delete: services and their environments. */
final class SettingsPages {
  /** Where a service's forms are; below its page each word is a branch. */
  private static final String SERVICE = "/settings/{ns}/{service}";

  private static final String ENVIRONMENT = EnvironmentPages.ONE;

  private final Forms forms;
  private final Stores stores;
  private final UseCases useCases;
  private final SettingsPlans plans;

  SettingsPages(Site site, Stores stores, UseCases useCases, String publicUrl) {
    this.forms = new Forms(site);
    this.stores = stores;
    this.useCases = useCases;
    this.plans = new SettingsPlans(stores, publicUrl);
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(ofService("", plans::service, this::service));
    routes.addAll(ofService("/add", plans::add, this::add));
    routes.addAll(ofService("/delete", plans::deleteService, this::deleteService));
    routes.addAll(ofEnvironment("/settings", plans::environment, this::environment));
    routes.addAll(ofEnvironment("/delete", plans::deleteEnvironment, this::deleteEnvironment));
    return routes;
  }

  private List<Route> ofService(
      String path, Forms.Plan<ServiceId> plan, Forms.Doing<ServiceId> doing) {
    Policy policy = Policy.service(Verb.ADMIN);
    return forms.at(SERVICE + path, policy, new Forms.Order<>(Paths::service, plan, doing));
  }

  private List<Route> ofEnvironment(
      String path, Forms.Plan<EnvironmentId> plan, Forms.Doing<EnvironmentId> doing) {
    return forms.at(
        ENVIRONMENT + path,
        Policy.service(Verb.ADMIN),
        new Forms.Order<>(ctx -> Paths.environment(ctx, stores.environments()), plan, doing));
  }

  private String service(Form form, Caller caller, ServiceId id) {
    String probe = form.text("probe");
    useCases
        .updateService()
        .execute(
            new UpdateService.Command(
                caller,
                id,
                seen(form),
                ports(form),
                probe.isEmpty() ? Probe.tcp() : Probe.http(probe),
                new Replicas(form.number("replicas")),
                form.isOn("autoDeploy"),
                form.isOn("removeWithBranch"),
                form.variables("variables"),
                null));
    return Hrefs.of(id);
  }

  /** The ports, if the person changed them: what somebody sets does not follow the image. */
  private static @Nullable ContainerPorts ports(Form form) {
    return form.text("ports").equals(form.text("shownPorts")) ? null : form.ports("ports");
  }

  private String add(Form form, Caller caller, ServiceId id) {
    BranchName branch = BranchName.parse(form.given("branch"));
    return Hrefs.of(
        useCases.addEnvironment().execute(new AddEnvironment.Command(caller, id, branch)).id());
  }

  private String deleteService(Form form, Caller caller, ServiceId id) {
    confirm(form, id.toString());
    useCases.deleteService().execute(new DeleteService.Command(caller, id, SeenRevisions.any()));
    return Hrefs.of(id);
  }

  private String environment(Form form, Caller caller, EnvironmentId id) {
    useCases
        .updateEnvironment()
        .execute(
            new UpdateEnvironment.Command(
                caller,
                id,
                seen(form),
                null,
                form.isOn("autoDeploy"),
                form.isOn("removeWithBranch"),
                form.variables("variables"),
                form.secrets("secrets"),
                Set.copyOf(form.words("removedSecrets"))));
    return Hrefs.of(id);
  }

  private String deleteEnvironment(Form form, Caller caller, EnvironmentId id) {
    confirm(form, id.branch().value());
    useCases
        .deleteEnvironment()
        .execute(new DeleteEnvironment.Command(caller, id, SeenRevisions.any()));
    return Hrefs.of(id.service());
  }

  /** A change is made to the settings that the form showed. */
  private static SeenRevisions seen(Form form) {
    return new SeenRevisions(Set.of(form.longNumber("revision")));
  }

  private static void confirm(Form form, String name) {
    if (!form.text("confirm").equals(name)) {
      throw new InvalidInput("Type " + name + " to confirm. Nothing was deleted.");
    }
  }
}

package io.cite.server.web;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Paths;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Action;
import io.cite.server.web.view.EnvironmentPage.Setting;
import io.cite.server.web.view.Heading;
import io.cite.server.web.view.Link;
import io.cite.server.web.view.ServicePage;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A service: how far its creation has come, its environments and its settings. */
final class ServicePages {
  private final Site site;
  private final Stores stores;

  ServicePages(Site site, Stores stores) {
    this.site = site;
    this.stores = stores;
  }

  List<Route> routes() {
    return List.of(Route.get("/services/{ns}/{service}", Policy.service(Verb.READ), this::show));
  }

  private void show(Context ctx) throws IOException {
    Visit visit = site.visit(ctx);
    ServiceId id = Paths.service(ctx);
    site.showLive(visit, "service", id.toString(), id, later -> view(later, id));
  }

  private ServicePage view(Visit visit, ServiceId id) {
    visit.someone().require(Verb.READ, id);
    Texts t = visit.t();
    ServiceRecord record = stores.services().get(id).value();
    ServiceSettings settings =
        stores.services().findSettings(id).map(Revisioned::value).orElse(record.settings());
    return new ServicePage(
        new Heading(List.of(new Link("/", t.of("navigation.dashboard"))), id.toString()),
        Badges.of(t, record.state()),
        record.cause(),
        record.state() != ServiceState.READY,
        record.steps().stream()
            .map(
                step ->
                    new ServicePage.Step(
                        Badges.of(t, step.progress()), t.of(step.step()), step.detail()))
            .toList(),
        stores.environments().of(id).stream()
            .flatMap(one -> EnvironmentFacts.read(stores, one.value()).stream())
            .map(one -> DashboardPages.row(visit, one))
            .toList(),
        settings(t, settings),
        visit.someone().may(Verb.ADMIN, id) && record.state() != ServiceState.DELETING
            ? actions(t, record)
            : List.of());
  }

  private static List<Action> actions(Texts t, ServiceRecord record) {
    String href = Hrefs.settings(record.id());
    List<Action> actions = new ArrayList<>();
    if (record.state().isUsable()) {
      actions.add(new Action(href + "/add", t.of("order.addEnvironment"), false));
      actions.add(new Action(href, t.of("order.settings"), false));
    }
    actions.add(new Action(href + "/delete", t.of("order.deleteService"), false));
    return actions;
  }

  private static List<Setting> settings(Texts t, ServiceSettings settings) {
    List<Setting> shown = new ArrayList<>();
    shown.add(new Setting(t.of("setting.repository"), settings.repository().toString()));
    shown.add(new Setting(t.of("setting.branch"), settings.branch().value()));
    String ports = settings.ports().values().toString();
    shown.add(
        new Setting(
            t.of("setting.ports"),
            settings.portsFrom() == null ? ports : ports + ": " + settings.portsFrom()));
    shown.add(
        new Setting(
            t.of("setting.probe"),
            settings.probe().path() == null ? t.of("setting.probeTcp") : settings.probe().path()));
    shown.add(new Setting(t.of("setting.replicas"), Integer.toString(settings.replicas().count())));
    shown.add(new Setting(t.of("setting.createdBy"), settings.createdBy()));
    settings
        .notifications()
        .forEach(target -> shown.add(new Setting(t.of("setting.notification"), target.shown())));
    return shown;
  }
}

package io.cite.server.web;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.Variables;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.ConfirmPage;
import io.cite.server.web.view.Field;
import io.cite.server.web.view.Heading;
import io.cite.server.web.view.Link;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the forms of settings show and say. */
final class SettingsPlans {
  private final Stores stores;
  private final String publicUrl;

  SettingsPlans(Stores stores, String publicUrl) {
    this.stores = stores;
    this.publicUrl = publicUrl;
  }

  ConfirmPage service(Visit visit, ServiceId id) {
    Texts t = visit.t();
    Revisioned<ServiceSettings> stored = stores.services().settings(id);
    ServiceSettings now = stored.value();
    String ports =
        now.ports().values().stream().map(String::valueOf).collect(Collectors.joining(", "));
    List<String> plan =
        List.of(
            t.of("settings.portsNext"), t.of("settings.forNew"), t.of("settings.secretsElsewhere"));
    return page(t, id, "order.settings", "", plan)
        .with(Map.of("revision", Long.toString(stored.revision()), "shownPorts", ports))
        .asking(
            Field.line(
                "ports",
                t.of("setting.ports"),
                now.portsFrom() == null
                    ? t.of("settings.portsHelp")
                    : t.of("settings.portsFrom", now.portsFrom()),
                ports),
            Field.line(
                    "probe",
                    t.of("setting.probe"),
                    t.of("newService.probeHelp"),
                    Objects.requireNonNullElse(now.probe().path(), ""))
                .optional(),
            Field.number(
                "replicas",
                t.of("settings.newReplicas"),
                Integer.toString(now.replicas().count()),
                Replicas.MAX),
            Field.toggle("autoDeploy", t.of("settings.newAutoDeploy"), now.autoDeploy()),
            Field.toggle(
                "removeWithBranch", t.of("settings.newRemoveWithBranch"), now.removeWithBranch()),
            variables(t, "settings.newVariables", now.variables()));
  }

  private static Field variables(Texts t, String label, Variables variables) {
    return Field.lines("variables", t.of(label), t.of("settings.variablesHelp"), lines(variables));
  }

  private static String lines(Variables variables) {
    return variables.values().entrySet().stream()
        .map(one -> one.getKey() + "=" + one.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  ConfirmPage add(Visit visit, ServiceId id) {
    Texts t = visit.t();
    List<String> plan =
        List.of(t.of("settings.addGets"), t.of("settings.addKubernetes"), t.of("settings.addNext"));
    return page(t, id, "order.addEnvironment", "/add", plan)
        .asking(Field.line("branch", t.of("setting.branch"), t.of("settings.addHelp"), ""))
        .with(curl("POST", "/v1/services/" + id + "/environments", "{\"branch\":\"…\"}"));
  }

  ConfirmPage deleteService(Visit visit, ServiceId id) {
    Texts t = visit.t();
    int environments = stores.environments().of(id).size();
    List<String> plan =
        List.of(
            t.of("settings.deletesEnvironments", environments),
            t.of("settings.deletesHooks"),
            t.of("settings.keepsRepository"));
    return page(t, id, "order.deleteService", "/delete", plan)
        .asking(confirm(t, id.toString()))
        .with(curl("DELETE", "/v1/services/" + id, ""));
  }

  private static Field confirm(Texts t, String name) {
    return Field.line("confirm", t.of("settings.confirm", name), null, "");
  }

  ConfirmPage environment(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    Revisioned<EnvironmentSettings> stored = stores.environments().settings(id);
    EnvironmentSettings now = stored.value();
    String secrets =
        now.secretNames().isEmpty()
            ? t.of("settings.secretsNone")
            : t.of("settings.secretsThere", String.join(", ", now.secretNames()));
    List<String> plan = List.of(t.of("settings.nextDeployment"), t.of("settings.switchesNow"));
    return page(t, id, "order.settings", "/settings", plan)
        .with(Map.of("revision", Long.toString(stored.revision())))
        .asking(
            Field.toggle("autoDeploy", t.of("newService.autoDeploy"), now.autoDeploy()),
            Field.toggle(
                "removeWithBranch", t.of("settings.removeWithBranch"), now.removeWithBranch()),
            variables(t, "newService.variables", now.variables()),
            Field.lines("secrets", t.of("settings.secrets"), secrets, ""),
            Field.line(
                    "removedSecrets",
                    t.of("settings.removedSecrets"),
                    t.of("settings.removedSecretsHelp"),
                    "")
                .optional())
        .with(
            curl(
                "PATCH",
                "/v1/services/" + id.service() + "/environments/" + id.slug(),
                "{\"autoDeploy\":" + now.autoDeploy() + "}"));
  }

  ConfirmPage deleteEnvironment(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    List<String> plan = List.of(t.of("settings.deletesEnvironment"), t.of("settings.keepsBranch"));
    return page(t, id, "order.deleteEnvironment", "/delete", plan)
        .asking(confirm(t, id.branch().value()))
        .with(curl("DELETE", "/v1/services/" + id.service() + "/environments/" + id.slug(), ""));
  }

  private static ConfirmPage page(
      Texts t, ServiceId id, String title, String path, List<String> plan) {
    String name = t.of(title);
    Heading heading =
        new Heading(
            List.of(
                new Link("/", t.of("navigation.dashboard")), new Link(Hrefs.of(id), id.toString())),
            name);
    return ConfirmPage.of(heading, plan, Hrefs.settings(id) + path, name, Hrefs.of(id));
  }

  private static ConfirmPage page(
      Texts t, EnvironmentId id, String title, String path, List<String> plan) {
    String name = t.of(title);
    return ConfirmPage.of(
        RunPages.heading(t, id, name), plan, Hrefs.of(id) + path, name, Hrefs.of(id));
  }

  private String curl(String method, String path, String body) {
    return Curl.line(method, publicUrl + path, body);
  }
}

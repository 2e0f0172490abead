package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.NotFound;
import io.cite.core.usecase.operate.ReadCatalogue;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Paths;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Action;
import io.cite.server.web.view.EnvironmentPage;
import io.cite.server.web.view.EnvironmentPage.Item;
import io.cite.server.web.view.EnvironmentPage.PendingSettings;
import io.cite.server.web.view.EnvironmentPage.Pin;
import io.cite.server.web.view.EnvironmentPage.Setting;
import io.cite.server.web.view.Heading;
import io.cite.server.web.view.Link;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An environment: what serves, what waits, what is under way and what was live. */
final class EnvironmentPages {
  static final String ONE = "/services/{ns}/{service}/{slug}";

  private static final int SHOWN = 20;

  private final Site site;
  private final Stores stores;
  private final ReadCatalogue catalogue;
  private final WaitingCommits waiting;

  EnvironmentPages(Site site, Stores stores, ReadCatalogue catalogue) {
    this.catalogue = catalogue;
    this.site = site;
    this.stores = stores;
    this.waiting = new WaitingCommits(stores);
  }

  List<Route> routes() {
    return List.of(Route.get(ONE, Policy.service(Verb.READ), this::show));
  }

  private void show(Context ctx) throws IOException {
    Visit visit = site.visit(ctx);
    EnvironmentId id = Paths.environment(ctx, stores.environments());
    site.showLive(
        visit,
        "environment",
        id.service() + " " + id.branch(),
        id.service(),
        later -> view(later, id));
  }

  static Heading heading(Texts t, EnvironmentId id) {
    return new Heading(
        List.of(
            new Link("/", t.of("navigation.dashboard")),
            new Link(Hrefs.of(id.service()), id.service().toString())),
        id.branch().value());
  }

  private EnvironmentPage view(Visit visit, EnvironmentId id) {
    visit.someone().require(Verb.READ, id.service());
    EnvironmentSettings settings = stores.environments().settings(id).value();
    EnvironmentFacts facts =
        EnvironmentFacts.read(stores, settings)
            .orElseThrow(() -> new NotFound("There is no environment " + id));
    List<Build> builds = stores.builds().of(id);
    List<Deployment> deployments =
        stores.deployments().of(id).stream()
            .sorted(Comparator.comparingLong(Deployment::seq).reversed())
            .toList();
    boolean mayPush = visit.someone().may(Verb.PUSH, id.service());
    Failures failures = new Failures(visit, id, mayPush);
    return new EnvironmentPage(
        heading(visit.t(), id),
        facts.status().badge(visit.t()),
        sentence(visit, facts),
        facts.state().notes(),
        pin(visit, facts, deployments, mayPush),
        pendingSettings(visit.t(), facts, mayPush),
        failures.of(facts),
        facts.state().deleting() ? List.of() : actions(visit, facts, builds),
        waiting.of(visit, facts, builds, mayPush),
        inFlight(visit, facts, deployments, mayPush),
        wasLive(visit, id, deployments, mayPush),
        settings(visit.t(), facts));
  }

  private static String sentence(Visit visit, EnvironmentFacts facts) {
    Texts t = visit.t();
    Deployment live = facts.live();
    if (live == null) {
      return t.of("environment.nothingLive");
    }
    String serves =
        t.of(
            "environment.serves",
            live.commit().abbreviated(),
            t.duration(Duration.between(DashboardPages.liveSince(live), visit.now())),
            live.seq());
    return live.hasNoEndpoints() ? serves + " " + t.of("environment.noEndpoints") : serves;
  }

  private @Nullable PendingSettings pendingSettings(
      Texts t, EnvironmentFacts facts, boolean mayPush) {
    Deployment live = facts.live();
    List<String> names =
        live == null ? List.of() : catalogue.pendingSettings(facts.settings(), live);
    if (live == null || names.isEmpty()) {
      return null;
    }
    String href = Hrefs.of(facts.id()) + "/deploy?commit=" + live.commit();
    return new PendingSettings(
        t.of("environment.pendingSettings", String.join(", ", names)),
        mayPush ? new Action(href, t.of("order.apply"), true) : null);
  }

  private @Nullable Pin pin(
      Visit visit, EnvironmentFacts facts, List<Deployment> deployments, boolean mayPush) {
    String by = facts.state().pinnedBy();
    if (by == null) {
      return null;
    }
    Texts t = visit.t();
    EnvironmentState.Hold pinned = facts.state().hold();
    if (pinned.pinnedAt() != null && pinned.reason() != null) {
      String since = t.ago(pinned.pinnedAt(), visit.now());
      return pin(t, facts, t.of("pin.since", by, since, pinned.reason()), mayPush);
    }
    String reason =
        deployments.stream()
            .filter(one -> one.origin() == Origin.ROLLBACK)
            .findFirst()
            .map(
                one ->
                    t.of(
                        "pin.since",
                        by,
                        t.ago(one.timeline().requestedAt(), visit.now()),
                        one.timeline().entries().get(0).text()))
            .orElse(t.of("pin.by", by));
    return pin(t, facts, reason, mayPush);
  }

  private static Pin pin(Texts t, EnvironmentFacts facts, String reason, boolean mayPush) {
    String href = Hrefs.of(facts.id()) + "/release";
    return new Pin(
        reason, release(t, facts), mayPush ? new Action(href, t.of("order.release"), true) : null);
  }

  /** What clearing the pin does; the quarantined commit never deploys by itself. */
  static String release(Texts t, EnvironmentFacts facts) {
    return facts.state().quarantined() == null
        ? t.of("pin.clear")
        : t.of("pin.clearButNot", facts.state().quarantined().abbreviated());
  }

  private List<Action> actions(Visit visit, EnvironmentFacts facts, List<Build> builds) {
    Texts t = visit.t();
    ServiceId service = facts.id().service();
    String href = Hrefs.of(facts.id());
    List<Action> actions = new ArrayList<>();
    if (visit.someone().may(Verb.PUSH, service)) {
      actions.add(new Action(href + "/build", t.of("order.build"), facts.live() == null));
      if (builds.stream().anyMatch(build -> build.image() != null)) {
        actions.add(new Action(href + "/deploy", t.of("order.deploy"), false));
      }
      actions.add(new Action(href + "/scale", t.of("order.scale"), false));
    }
    if (visit.someone().may(Verb.ADMIN, service)) {
      actions.add(new Action(href + "/settings", t.of("order.settings"), false));
      if (!isOwn(facts.id())) {
        actions.add(new Action(href + "/delete", t.of("order.deleteEnvironment"), false));
      }
    }
    return actions;
  }

  /** Whether it is the environment that its service was created with, and is deleted with. */
  private boolean isOwn(EnvironmentId id) {
    return stores
        .services()
        .findSettings(id.service())
        .filter(service -> service.value().branch().equals(id.branch()))
        .isPresent();
  }

  private List<Item> inFlight(
      Visit visit, EnvironmentFacts facts, List<Deployment> deployments, boolean mayPush) {
    Texts t = visit.t();
    EnvironmentId id = facts.id();
    return deployments.stream()
        .filter(one -> one.state().isUnderWay())
        .map(
            one ->
                new Item(
                    new Link(
                        Hrefs.deployment(id, one.seq()),
                        t.of("progress.deployment", one.seq(), one.commit().abbreviated())),
                    why(t, one.environment(), one.commit()),
                    Badges.of(t, one.state()),
                    visit.moment(one.timeline().requestedAt()),
                    t.of("progress.pods", one.rollout().readyPods(), one.rollout().wantedPods()),
                    mayPush && one.cancelRequestedBy() == null
                        ? new Action(
                            Hrefs.deployment(id, one.seq()) + "/cancel",
                            t.of("order.cancel"),
                            false)
                        : null))
        .toList();
  }

  private List<Item> wasLive(
      Visit visit, EnvironmentId id, List<Deployment> deployments, boolean mayPush) {
    Texts t = visit.t();
    return deployments.stream()
        .filter(one -> one.state() == DeploymentState.RETIRED)
        .limit(SHOWN)
        .map(
            one ->
                new Item(
                    new Link(
                        Hrefs.deployment(id, one.seq()),
                        t.of("progress.deployment", one.seq(), one.commit().abbreviated())),
                    why(t, id, one.commit()),
                    Badges.of(t, one.state()),
                    visit.momentOrNull(one.timeline().endedAt()),
                    interval(t, one),
                    mayPush
                        ? new Action(
                            Hrefs.deployment(id, one.seq()) + "/activate",
                            t.of("order.activate"),
                            false)
                        : null))
        .toList();
  }

  private static @Nullable String interval(Texts t, Deployment one) {
    return one.timeline().endedAt() == null
        ? null
        : t.of(
            "environment.wasLiveFor",
            t.duration(Duration.between(DashboardPages.liveSince(one), one.timeline().endedAt())));
  }

  private Link why(Texts t, EnvironmentId id, io.cite.core.domain.source.CommitId commit) {
    return waiting.why(t, id, commit);
  }

  private static List<Setting> settings(Texts t, EnvironmentFacts facts) {
    EnvironmentSettings settings = facts.settings();
    List<Setting> shown = new ArrayList<>();
    shown.add(new Setting(t.of("setting.replicas"), Integer.toString(settings.replicas().count())));
    shown.add(
        new Setting(
            t.of("setting.autoDeploy"),
            settings.autoDeploy() ? t.of("setting.on") : t.of("setting.off")));
    shown.add(
        new Setting(
            t.of("setting.removeWithBranch"),
            settings.removeWithBranch() ? t.of("setting.on") : t.of("setting.off")));
    settings.variables().values().forEach((name, value) -> shown.add(new Setting(name, value)));
    settings.secretNames().forEach(name -> shown.add(new Setting(name, t.of("setting.secret"))));
    if (facts.state().head() != null) {
      shown.add(new Setting(t.of("setting.head"), facts.state().head().abbreviated()));
    }
    return shown;
  }
}

package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.TimelineEntry;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Paths;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Action;
import io.cite.server.web.view.BuildPage;
import io.cite.server.web.view.DeploymentPage;
import io.cite.server.web.view.EnvironmentPage.Setting;
import io.cite.server.web.view.Heading;
import io.cite.server.web.view.Link;
import io.cite.server.web.view.Progress;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One build, one deployment: how it goes, or how it went. */
final class RunPages {
  private final Site site;
  private final Stores stores;
  private final WaitingCommits commits;

  RunPages(Site site, Stores stores) {
    this.site = site;
    this.stores = stores;
    this.commits = new WaitingCommits(stores);
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            EnvironmentPages.ONE + "/deployments/{deployment}",
            Policy.service(Verb.READ),
            this::deployment),
        Route.get(
            EnvironmentPages.ONE + "/builds/{build}", Policy.service(Verb.READ), this::build));
  }

  private void deployment(Context ctx) throws IOException {
    Visit visit = site.visit(ctx);
    EnvironmentId id = Paths.environment(ctx, stores.environments());
    long seq = Paths.number(ctx, "deployment");
    site.showLive(
        visit,
        "deployment",
        visit.t().of("deployment.title", seq) + " " + id.service(),
        id.service(),
        later -> view(later, stores.deployments().get(id, seq).value()));
  }

  private void build(Context ctx) throws IOException {
    Visit visit = site.visit(ctx);
    EnvironmentId id = Paths.environment(ctx, stores.environments());
    long number = Paths.number(ctx, "build");
    site.showLive(
        visit,
        "build",
        visit.t().of("build.title", number) + " " + id.service(),
        id.service(),
        later -> view(later, stores.builds().get(id, number).value()));
  }

  static Heading heading(Texts t, EnvironmentId id, String title) {
    return new Heading(
        List.of(
            new Link("/", t.of("navigation.dashboard")),
            new Link(Hrefs.of(id.service()), id.service().toString()),
            new Link(Hrefs.of(id), id.branch().value())),
        title);
  }

  private DeploymentPage view(Visit visit, Deployment one) {
    EnvironmentId id = one.environment();
    visit.someone().require(Verb.READ, id.service());
    Texts t = visit.t();
    boolean mayPush = visit.someone().may(Verb.PUSH, id.service());
    boolean failed = one.state() == DeploymentState.FAILED || one.hasNoEndpoints();
    return new DeploymentPage(
        heading(t, id, t.of("deployment.title", one.seq())),
        Badges.of(t, one.state()),
        one.state().isUnderWay()
            ? new Progress(
                commits.why(t, id, one.commit()).href(),
                one.commit().abbreviated(),
                one.rollout().readyPods(),
                one.rollout().wantedPods())
            : null,
        facts(visit, one),
        steps(visit, one),
        failed ? new Failures(visit, id, mayPush).of(one, null) : null,
        mayPush ? action(t, one) : null);
  }

  private static List<Setting> facts(Visit visit, Deployment one) {
    Texts t = visit.t();
    List<Setting> facts = new ArrayList<>();
    facts.add(new Setting(t.of("run.commit"), one.commit().toString()));
    facts.add(new Setting(t.of("run.image"), one.image().toString()));
    ContainerPorts ports = one.identity().ports();
    if (ports != null) {
      facts.add(new Setting(t.of("setting.ports"), ports.values().toString()));
    }
    facts.add(new Setting(t.of("run.by"), one.identity().requestedBy()));
    facts.add(
        new Setting(
            t.of("deployment.pods"),
            t.of("progress.pods", one.rollout().readyPods(), one.rollout().wantedPods())));
    if (one.identity().build() != null) {
      facts.add(new Setting(t.of("run.build"), one.identity().build().toString()));
    }
    if (one.cancelRequestedBy() != null) {
      facts.add(new Setting(t.of("deployment.cancelledBy"), one.cancelRequestedBy()));
    }
    return facts;
  }

  private static List<DeploymentPage.Step> steps(Visit visit, Deployment one) {
    List<DeploymentPage.Step> steps = new ArrayList<>();
    Instant before = null;
    for (TimelineEntry entry : one.timeline().entries()) {
      steps.add(
          new DeploymentPage.Step(
              Badges.of(visit.t(), entry.state()),
              visit.moment(entry.at()),
              entry.text(),
              before == null
                  ? ""
                  : visit
                      .t()
                      .of("run.after", visit.t().duration(Duration.between(before, entry.at())))));
      before = entry.at();
    }
    return steps;
  }

  private static @Nullable Action action(Texts t, Deployment one) {
    String href = Hrefs.deployment(one.environment(), one.seq());
    if (one.state().isUnderWay() && one.cancelRequestedBy() == null) {
      return new Action(href + "/cancel", t.of("order.cancel"), false);
    }
    return one.state() == DeploymentState.RETIRED
        ? new Action(href + "/activate", t.of("order.activate"), true)
        : null;
  }

  private BuildPage view(Visit visit, Build one) {
    EnvironmentId id = one.environment();
    visit.someone().require(Verb.READ, id.service());
    Texts t = visit.t();
    Optional<Duration> usual = Estimates.ofBuild(stores.builds().of(id));
    String tail = one.result().logTail();
    return new BuildPage(
        heading(t, id, t.of("build.title", one.number())),
        Badges.of(t, one.state()),
        one.cause(),
        usual.map(time -> t.of("waiting.usual", t.duration(time))).orElse(null),
        facts(visit, one),
        one.result().logUrl() == null
            ? null
            : Link.external(one.result().logUrl().value(), t.of("build.wholeLog")),
        tail == null ? "" : tail,
        visit.someone().may(Verb.PUSH, id.service()) ? actions(t, one) : List.of());
  }

  private static List<Setting> facts(Visit visit, Build one) {
    Texts t = visit.t();
    List<Setting> facts = new ArrayList<>();
    facts.add(new Setting(t.of("run.commit"), one.commit().toString()));
    facts.add(new Setting(t.of("run.by"), one.request().by()));
    facts.add(new Setting(t.of("build.requested"), t.ago(one.times().requestedAt(), visit.now())));
    if (one.state().isFinal()) {
      facts.add(new Setting(t.of("build.took"), t.duration(Estimates.duration(one))));
    } else {
      Instant since =
          Objects.requireNonNullElse(one.times().startedAt(), one.times().requestedAt());
      facts.add(
          new Setting(t.of("build.runsFor"), t.duration(Duration.between(since, visit.now()))));
    }
    if (one.image() != null) {
      facts.add(new Setting(t.of("run.image"), one.image().toString()));
    }
    if (one.decision() != null) {
      facts.add(new Setting(t.of("build.decision"), one.decision()));
    }
    return facts;
  }

  private static List<Action> actions(Texts t, Build one) {
    String href = Hrefs.of(one.environment());
    List<Action> actions = new ArrayList<>();
    if (one.image() != null) {
      actions.add(new Action(href + "/deploy?build=" + one.number(), t.of("order.deploy"), true));
    }
    if (one.state().isFinal()) {
      actions.add(
          new Action(
              href + "/build?commit=" + one.commit(), t.of("order.rebuild"), one.image() == null));
    } else {
      String cancel = Hrefs.build(one.environment(), one.number()) + "/cancel";
      actions.add(new Action(cancel, t.of("order.cancel"), false));
    }
    return actions;
  }
}

package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.ActivityPage;
import io.cite.server.web.view.Badge;
import io.cite.server.web.view.DashboardPage;
import io.cite.server.web.view.Heading;
import io.cite.server.web.view.Link;
import io.cite.server.web.view.RecordsPage.Line;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The newest builds and deployments of everything that a person may see. */
final class ActivityPages {
  private static final String PATH = "/activity";
  private static final int SHOWN = 100;
  private static final int OF_ENVIRONMENT = 20;
  private static final Comparator<Run> NEWEST = Comparator.comparing(Run::at).reversed();

  private final Site site;
  private final Stores stores;

  ActivityPages(Site site, Stores stores) {
    this.site = site;
    this.stores = stores;
  }

  List<Route> routes() {
    return List.of(Route.get(PATH, Policy.token(Verb.READ), this::show).taking("q", "kind"));
  }

  /** Which builds and deployments are shown. */
  enum ActivityKind {
    ALL,
    BUILDS,
    DEPLOYMENTS,
    UNDER_WAY,
    FAILED;

    private boolean has(Run run) {
      return switch (this) {
        case ALL -> true;
        case BUILDS -> run.isBuild();
        case DEPLOYMENTS -> !run.isBuild();
        case UNDER_WAY -> run.isUnderWay();
        case FAILED -> run.isFailed();
      };
    }

    private static ActivityKind of(String name) {
      for (ActivityKind kind : values()) {
        if (kind.parameter().equals(name)) {
          return kind;
        }
      }
      return ALL;
    }

    private String parameter() {
      return this == ALL ? "" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** A build or a deployment. */
  private record Run(
      EnvironmentId environment,
      Instant at,
      boolean isBuild,
      boolean isUnderWay,
      boolean isFailed,
      Badge badge,
      String text,
      String cause,
      String href) {

    private static Run of(Texts t, Build one) {
      return new Run(
          one.environment(),
          one.times().requestedAt(),
          true,
          !one.state().isFinal(),
          one.state().isFinal()
              && one.state() != BuildState.SUCCEEDED
              && one.state() != BuildState.CANCELLED,
          Badges.of(t, one.state()),
          t.of("progress.build", one.number(), one.commit().abbreviated()),
          Objects.requireNonNullElse(one.cause(), ""),
          Hrefs.build(one.environment(), one.number()));
    }

    private static Run of(Texts t, Deployment one) {
      return new Run(
          one.environment(),
          one.timeline().requestedAt(),
          false,
          one.state().isUnderWay(),
          one.state() == DeploymentState.FAILED,
          Badges.of(t, one.state()),
          t.of("progress.deployment", one.seq(), one.commit().abbreviated()),
          Objects.requireNonNullElse(one.cause(), ""),
          Hrefs.deployment(one.environment(), one.seq()));
    }

    private boolean matches(String search) {
      String words = (environment + " " + text + " " + cause).toLowerCase(Locale.ROOT);
      return List.of(search.toLowerCase(Locale.ROOT).split("\\s+")).stream()
          .allMatch(words::contains);
    }

    private Line line(Visit visit) {
      return new Line(visit.moment(at), badge, text, cause, new Link(href, environment.toString()));
    }
  }

  private void show(Context ctx) throws IOException {
    Visit visit = site.visit(ctx);
    String search = Objects.requireNonNullElse(ctx.queryParam("q"), "").strip();
    ActivityKind kind = ActivityKind.of(Objects.requireNonNullElse(ctx.queryParam("kind"), ""));
    site.showLive(
        visit,
        "activity",
        visit.t().of("navigation.activity"),
        null,
        later -> view(later, search, kind));
  }

  private ActivityPage view(Visit visit, String search, ActivityKind kind) {
    Texts t = visit.t();
    List<Run> found = runs(visit).stream().filter(run -> run.matches(search)).toList();
    List<DashboardPage.Filter> filters = new ArrayList<>();
    for (ActivityKind one : ActivityKind.values()) {
      filters.add(
          new DashboardPage.Filter(
              new Query(PATH, Map.of("q", search, "kind", one.parameter())).href(),
              t.of(one),
              (int) found.stream().filter(one::has).count(),
              one == kind));
    }
    return new ActivityPage(
        new Heading(
            List.of(new Link("/", t.of("navigation.dashboard"))), t.of("navigation.activity")),
        search,
        kind.parameter(),
        filters,
        List.of(
            t.of("records.at"), t.of("records.what"), t.of("records.text"), t.of("records.about")),
        found.stream().filter(kind::has).limit(SHOWN).map(run -> run.line(visit)).toList());
  }

  private List<Run> runs(Visit visit) {
    List<Run> runs = new ArrayList<>();
    for (EnvironmentId id : stores.environments().all()) {
      if (visit.someone().sees(id.service())) {
        List<Run> here = new ArrayList<>();
        stores.builds().of(id).forEach(build -> here.add(Run.of(visit.t(), build)));
        stores.deployments().of(id).forEach(one -> here.add(Run.of(visit.t(), one)));
        here.sort(NEWEST);
        runs.addAll(here.subList(0, Math.min(here.size(), OF_ENVIRONMENT)));
      }
    }
    runs.sort(NEWEST);
    return runs;
  }
}

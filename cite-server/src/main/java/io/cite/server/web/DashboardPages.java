package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.DashboardPage;
import io.cite.server.web.view.EnvironmentStatus;
import io.cite.server.web.view.Pager;
import io.cite.server.web.view.Progress;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line for each environment, what needs a person first. */
final class DashboardPages {
  private static final int ROWS = 40;
  private static final int CHUNK = 200;
  private static final List<String> SORTS = List.of("attention", "name", "newest");

  private final Site site;
  private final Stores stores;

  DashboardPages(Site site, Stores stores) {
    this.site = site;
    this.stores = stores;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/", Policy.token(Verb.READ), this::show).taking("q", "status", "sort", "page"));
  }

  /** What the address asks for. */
  private record Wish(String search, String status, String sort, int page) {
    static Wish of(Context ctx) {
      String search = ctx.queryParam("q");
      String status = ctx.queryParam("status");
      String sort = ctx.queryParam("sort");
      return new Wish(
          search == null ? "" : search.strip(),
          status == null ? "" : status,
          sort != null && SORTS.contains(sort) ? sort : SORTS.get(0),
          page(ctx.queryParam("page")));
    }

    private static int page(@Nullable String text) {
      return text != null && text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) - 1 : 0;
    }

    Query query() {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("q", search);
      values.put("status", status);
      values.put("sort", sort.equals(SORTS.get(0)) ? "" : sort);
      return new Query("/", values);
    }
  }

  private void show(Context ctx) throws IOException {
    Visit visit = site.visit(ctx);
    Wish wish = Wish.of(ctx);
    site.showLive(
        visit, "dashboard", visit.t().of("dashboard.title"), null, later -> view(later, wish));
  }

  private DashboardPage view(Visit visit, Wish wish) {
    List<EnvironmentFacts> visible = visible(visit);
    List<EnvironmentFacts> found =
        visible.stream().filter(one -> matches(one, wish.search())).toList();
    List<EnvironmentFacts> shown =
        found.stream()
            .filter(one -> wish.status().isEmpty() || one.status().name().equals(wish.status()))
            .sorted(order(wish.sort()))
            .toList();
    return new DashboardPage(
        wish.search(),
        wish.status(),
        wish.sort(),
        filters(visit.t(), wish, found),
        Pager.part(shown, wish.page(), ROWS).stream().map(one -> row(visit, one)).toList(),
        visible.isEmpty(),
        Visit.mayCreate(visit.someone()),
        pager(visit.t(), wish, shown.size()));
  }

  private List<EnvironmentFacts> visible(Visit visit) {
    List<EnvironmentFacts> visible = new ArrayList<>();
    ServiceId after = null;
    while (true) {
      List<ServiceRecord> services = stores.services().page(after, CHUNK);
      for (ServiceRecord service : services) {
        after = service.id();
        if (visit.someone().sees(after)) {
          for (Revisioned<EnvironmentSettings> one : stores.environments().of(after)) {
            EnvironmentFacts.read(stores, one.value()).ifPresent(visible::add);
          }
        }
      }
      if (services.size() < CHUNK) {
        return visible;
      }
    }
  }

  private static boolean matches(EnvironmentFacts one, String search) {
    String text = one.id().toString().toLowerCase(Locale.ROOT);
    for (String word : search.toLowerCase(Locale.ROOT).split("\\s+")) {
      boolean isCommit =
          one.live() != null && !word.isEmpty() && one.live().commit().toString().startsWith(word);
      if (!text.contains(word) && !isCommit) {
        return false;
      }
    }
    return true;
  }

  private static Comparator<EnvironmentFacts> order(String sort) {
    Comparator<EnvironmentFacts> byName = Comparator.comparing(one -> one.id().toString());
    return switch (sort) {
      case "name" -> byName;
      case "newest" ->
          Comparator.comparing(DashboardPages::changed).reversed().thenComparing(byName);
      default -> Comparator.comparing(EnvironmentFacts::status).thenComparing(byName);
    };
  }

  private static Instant changed(EnvironmentFacts one) {
    Deployment last = one.last();
    Build build = one.lastBuild();
    Instant deployed = last == null ? Instant.EPOCH : last.timeline().last().at();
    Instant built = build == null ? Instant.EPOCH : build.times().requestedAt();
    return deployed.isAfter(built) ? deployed : built;
  }

  private static List<DashboardPage.Filter> filters(
      Texts t, Wish wish, List<EnvironmentFacts> found) {
    List<DashboardPage.Filter> filters = new ArrayList<>();
    filters.add(
        new DashboardPage.Filter(
            wish.query().with("status", "").href(),
            t.of("dashboard.all"),
            found.size(),
            wish.status().isEmpty()));
    for (EnvironmentStatus status : EnvironmentStatus.values()) {
      int count = (int) found.stream().filter(one -> one.status() == status).count();
      boolean chosen = status.name().equals(wish.status());
      if (count > 0 || chosen) {
        filters.add(
            new DashboardPage.Filter(
                wish.query().with("status", status.name()).href(), t.of(status), count, chosen));
      }
    }
    return filters;
  }

  static DashboardPage.Row row(Visit visit, EnvironmentFacts one) {
    EnvironmentId id = one.id();
    Deployment live = one.live();
    return new DashboardPage.Row(
        id.service().toString(),
        id.branch().value(),
        Hrefs.of(id),
        one.status().badge(visit.t()),
        live == null ? null : live.commit().abbreviated(),
        live == null ? null : visit.moment(liveSince(live)),
        progress(visit.t(), one),
        one.failure() == null ? one.state().notes() : one.failure());
  }

  /** When a deployment that is or was live became so. */
  static Instant liveSince(Deployment deployment) {
    return deployment.timeline().entries().stream()
        .filter(entry -> entry.state() == DeploymentState.LIVE)
        .findFirst()
        .orElse(deployment.timeline().last())
        .at();
  }

  private static @Nullable Progress progress(Texts t, EnvironmentFacts one) {
    Deployment deployment = one.underWay();
    if (deployment != null) {
      return new Progress(
          Hrefs.deployment(one.id(), deployment.seq()),
          t.of("progress.deployment", deployment.seq(), deployment.commit().abbreviated()),
          deployment.rollout().readyPods(),
          deployment.rollout().wantedPods());
    }
    return Optional.ofNullable(one.building())
        .map(
            build ->
                new Progress(
                    Hrefs.build(one.id(), build.number()),
                    t.of("progress.build", build.number(), build.commit().abbreviated()),
                    null,
                    0))
        .orElse(null);
  }

  private static Pager pager(Texts t, Wish wish, int size) {
    int from = Math.min(size, wish.page() * ROWS);
    int to = Math.min(size, from + ROWS);
    return new Pager(
        wish.page() == 0 ? null : wish.query().with("page", text(wish.page())).href(),
        to < size ? wish.query().with("page", text(wish.page() + 2)).href() : null,
        t.of("pager.range", size == 0 ? 0 : from + 1, to, size));
  }

  private static String text(int page) {
    return page <= 1 ? "" : Integer.toString(page);
  }
}

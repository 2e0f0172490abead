package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.sdk.wire.ProblemView;
import io.cite.server.http.EventStreams;
import io.cite.server.http.Health;
import io.cite.server.http.Pages;
import io.cite.server.http.Route;
import io.cite.server.http.Session;
import io.cite.server.web.session.Sessions;
import io.cite.server.web.session.SignInAttempts;
import io.cite.server.web.session.SignInSettings;
import io.cite.server.web.view.ProblemPage;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The web UI: all pages, and the sessions of those who use them. Thread-safe. */
public final class WebUi implements Pages, AutoCloseable {
  private static final int UNAUTHENTICATED = 401;

  private final Site site;
  private final Sessions sessions;
  private final List<Route> routes;

  /**
   * The pages.
   *
   * @param streams where open pages are counted
   */
  public WebUi(
      UseCases useCases,
      Ports ports,
      Stores stores,
      StateChanges changes,
      SignInSettings settings,
      EventStreams streams,
      Health health) {
    Assets assets = new Assets();
    this.site = new Site(assets, ports.clock(), changes, streams);
    this.sessions = new Sessions(stores.sessions(), ports.clock(), settings);
    List<Route> all = new ArrayList<>();
    all.add(assets.route());
    all.add(new Preferences(settings.isSecure()).route());
    all.addAll(
        new SignInPages(
                site,
                sessions,
                new SignInAttempts(ports.sealer(), ports.clock(), settings.isSecure()),
                settings,
                ports.clock())
            .routes());
    all.addAll(new DashboardPages(site, stores).routes());
    all.addAll(new ActivityPages(site, stores).routes());
    all.addAll(new ServicePages(site, stores).routes());
    all.addAll(new EnvironmentPages(site, stores, useCases.catalogue()).routes());
    all.addAll(new OrderPages(site, stores, useCases, settings.publicUrl().toString()).routes());
    all.addAll(new SettingsPages(site, stores, useCases, settings.publicUrl().toString()).routes());
    all.addAll(new RunPages(site, stores).routes());
    all.addAll(new NewServicePages(site, useCases).routes());
    all.addAll(new RecordPages(site, useCases, ports.audit(), health).routes());
    this.routes = List.copyOf(all);
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public Optional<Session> session(Context ctx) {
    return sessions.find(ctx);
  }

  @Override
  public boolean show(Context ctx, ProblemView problem) {
    String accepted = ctx.header("Accept");
    if (accepted == null || !accepted.contains("text/html") || ctx.path().startsWith("/v1/")) {
      return false;
    }
    boolean isRead = ctx.method().equals(HandlerType.GET) || ctx.method().equals(HandlerType.HEAD);
    if (problem.status() == UNAUTHENTICATED && isRead) {
      ctx.removeHeader("WWW-Authenticate");
      Visit.seeOther(ctx, signIn(ctx));
      return true;
    }
    Visit visit = site.stranger(ctx);
    String title = visit.t().of("problem.title", problem.status());
    site.show(
        visit,
        "problem",
        title,
        new ProblemPage(
            problem.status(),
            title,
            Objects.requireNonNullElse(problem.detail(), ""),
            Objects.requireNonNullElse(problem.errorId(), "")));
    return true;
  }

  private static String signIn(Context ctx) {
    String query = ctx.queryString();
    String here = query == null ? ctx.path() : ctx.path() + "?" + query;
    return here.equals("/")
        ? "/login"
        : "/login?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    site.close();
  }
}

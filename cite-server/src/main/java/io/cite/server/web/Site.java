package io.cite.server.web;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.StateChanges;
import io.cite.core.port.InstantSource;
import io.cite.server.http.EventStreams;
import io.cite.server.http.Principal;
import io.cite.server.web.view.Layout;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all pages have in common: how they are shown, and how they are kept up to date. */
final class Site implements AutoCloseable {
  /** No script, style or picture from elsewhere or within a page. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Renderer renderer;
  private final Layout.Files files;
  private final InstantSource clock;
  private final LiveFragments live;

  Site(Assets assets, InstantSource clock, StateChanges changes, EventStreams streams) {
    this.renderer = new Renderer();
    this.files = assets.files();
    this.clock = clock;
    this.live = new LiveFragments(changes, streams);
  }

  /** A request to a page that only people who are signed in reach. */
  Visit visit(Context ctx) {
    return new Visit(ctx, Preferences.texts(ctx), Principal.of(ctx), clock.instant());
  }

  /** A request to a page for everybody, by somebody who may be signed in. */
  Visit stranger(Context ctx) {
    Principal known = Principal.find(ctx).filter(who -> who.session() != null).orElse(null);
    return new Visit(ctx, Preferences.texts(ctx), known, clock.instant());
  }

  /** Answers with a page. */
  void show(Visit visit, String template, String title, Object view) {
    html(visit.ctx(), renderer.page(template, visit.layout(files, title, false), view));
  }

  /**
   * Answers with a page whose content is kept up to date. The same path answers with the content
   * alone, again and again, to who accepts a stream of events.
   *
   * @param template the page's; that of its content ends in {@code Content}
   * @param about the service that the page is about; null for all
   * @param view what the content shows at the time of a visit
   */
  void showLive(
      Visit visit,
      String template,
      String title,
      @Nullable ServiceId about,
      Function<Visit, Object> view)
      throws IOException {
    String accepted = visit.ctx().header("Accept");
    if (accepted != null && accepted.startsWith("text/event-stream")) {
      live.follow(
          visit.ctx(),
          about,
          () ->
              renderer.fragment(
                  template + "Content", visit.t(), view.apply(visit.at(clock.instant()))));
    } else {
      html(
          visit.ctx(),
          renderer.page(template, visit.layout(files, title, true), view.apply(visit)));
    }
  }

  private static void html(Context ctx, String page) {
    headers(ctx);
    ctx.contentType("text/html; charset=utf-8");
    ctx.result(page);
  }

  @Override
  public void close() {
    live.close();
  }

  /** Headers of everything that a browser shows. */
  static void headers(Context ctx) {
    ctx.header("Content-Security-Policy", POLICY);
    // "no-referrer" would also take the origin from forms, which is asked for
    ctx.header("Referrer-Policy", "same-origin");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    ctx.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    ctx.header("Vary", "Accept, Accept-Language, Cookie");
  }
}

package io.cite.server.web;

import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Principal;
import io.cite.server.http.Session;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Layout;
import io.cite.server.web.view.Link;
import io.cite.server.web.view.Moment;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a browser.
 *
 * @param principal who asks; null if nobody is signed in
 * @param now when
 */
record Visit(Context ctx, Texts t, @Nullable Principal principal, Instant now) {

  /** Who asks, on pages that nobody reaches without being signed in. */
  Principal someone() {
    if (principal == null) {
      throw new IllegalStateException("the page has no policy that asks for a session");
    }
    return principal;
  }

  /** The same visit at a later time, of a page that stays open. */
  Visit at(Instant later) {
    return new Visit(ctx, t, principal, later);
  }

  Moment moment(Instant time) {
    return Moment.of(t, time, now);
  }

  @Nullable Moment momentOrNull(@Nullable Instant time) {
    return time == null ? null : moment(time);
  }

  /** What a page has around its content. */
  Layout layout(Layout.Files files, String title, boolean isLive) {
    Session session = principal == null ? null : principal.session();
    return new Layout(
        t,
        files,
        title,
        principal == null ? null : principal.name(),
        session == null ? "" : session.csrfToken(),
        here(),
        Preferences.theme(ctx),
        principal == null ? List.of() : navigation(principal),
        isLive);
  }

  private List<Link> navigation(Principal who) {
    List<Link> links = new ArrayList<>();
    links.add(new Link("/", t.of("navigation.dashboard")));
    links.add(new Link("/activity", t.of("navigation.activity")));
    links.add(new Link("/deliveries", t.of("navigation.deliveries")));
    links.add(new Link("/audit", t.of("navigation.audit")));
    links.add(new Link("/status", t.of("navigation.status")));
    if (mayCreate(who)) {
      links.add(new Link("/new", t.of("navigation.new")));
    }
    return links;
  }

  /** Whether the person may create anything; GitHub says for each repository. */
  static boolean mayCreate(Principal who) {
    return who.token().scopes().stream().anyMatch(scope -> scope.verb() == Verb.ADMIN);
  }

  private String here() {
    String query = ctx.queryString();
    return query == null || query.isEmpty() ? ctx.path() : ctx.path() + "?" + query;
  }

  /** Sends the browser to read another page. */
  static void seeOther(Context ctx, String path) {
    ctx.status(303);
    ctx.header("Location", path);
  }
}

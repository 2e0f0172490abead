package io.cite.server.web;

import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.http.SameOrigin;
import io.cite.server.web.text.Texts;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The language and the colours that a browser was set to. They are cookies and no secret. */
final class Preferences {
  private static final String LANGUAGE = "cite-language";
  private static final String THEME = "cite-theme";
  private static final Set<String> THEMES = Set.of("light", "dark", "auto");
  private static final int YEAR = Math.toIntExact(Duration.ofDays(365).toSeconds());

  private final boolean isSecure;

  Preferences(boolean isSecure) {
    this.isSecure = isSecure;
  }

  Route route() {
    return Route.post("/preferences", Policy.open(), this::set);
  }

  static Texts texts(Context ctx) {
    return Texts.wanted(ctx.cookie(LANGUAGE), ctx.header("Accept-Language"));
  }

  static String theme(Context ctx) {
    String theme = ctx.cookie(THEME);
    return theme != null && THEMES.contains(theme) ? theme : "auto";
  }

  private void set(Context ctx) {
    SameOrigin.require(ctx);
    keep(ctx, LANGUAGE, ctx.formParam("language"));
    String theme = ctx.formParam("theme");
    keep(ctx, THEME, theme != null && THEMES.contains(theme) ? theme : null);
    Visit.seeOther(ctx, LocalPath.of(ctx.formParam("next")));
  }

  private void keep(Context ctx, String name, @Nullable String value) {
    if (value != null && List.of("en", "ko", "light", "dark", "auto").contains(value)) {
      ctx.cookie(new Cookie(name, value, "/", YEAR, isSecure, true, null, SameSite.LAX));
    }
  }
}

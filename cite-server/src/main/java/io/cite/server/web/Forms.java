package io.cite.server.web;

import io.cite.core.domain.audit.Caller;
import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.view.ConfirmPage;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;

/** Forms that show what they would do, and do it when they are sent. */
final class Forms {
  private static final int UNPROCESSABLE = 422;
  private static final int BAD_GATEWAY = 502;

  private final Site site;

  Forms(Site site) {
    this.site = site;
  }

  /** What a form would do to something. */
  interface Plan<T> {
    ConfirmPage page(Visit visit, T about);
  }

  /** Does what a form says; where the browser goes then. */
  interface Doing<T> {
    String href(Form form, Caller caller, T about);
  }

  /**
   * One form: how its page is made, and what it does.
   *
   * @param about what the path names
   */
  record Order<T>(Function<Context, T> about, Plan<T> plan, Doing<T> doing) {}

  /** The two routes of a form. */
  <T> List<Route> at(String path, Policy policy, Order<T> order, String... parameters) {
    return List.of(
        Route.get(path, policy, ctx -> ask(ctx, order)).taking(parameters),
        Route.post(path, policy, ctx -> send(ctx, order)));
  }

  private <T> void ask(Context ctx, Order<T> order) {
    Visit visit = site.visit(ctx);
    show(visit, order.plan().page(visit, order.about().apply(ctx)));
  }

  private void show(Visit visit, ConfirmPage page) {
    site.show(visit, "confirm", page.heading().title(), page);
  }

  private <T> void send(Context ctx, Order<T> order) {
    Visit visit = site.visit(ctx);
    T about = order.about().apply(ctx);
    String href;
    try {
      href = order.doing().href(new Form(ctx), visit.someone().caller(), about);
    } catch (CiteException e) {
      ctx.status(status(e));
      show(visit, order.plan().page(visit, about).typed(ctx::formParam).refused(e.getMessage()));
      return;
    }
    Visit.seeOther(ctx, href);
  }

  /** The status of a form that is shown again because it could not be carried out. */
  static int status(CiteException refusal) {
    return refusal instanceof Upstream ? BAD_GATEWAY : UNPROCESSABLE;
  }
}

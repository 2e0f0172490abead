package io.cite.server.http;

import io.cite.sdk.wire.ProblemView;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** The web pages of the HTTP interface, and the sessions of the people who use them. */
public interface Pages {
  /** No pages and no sessions: API tokens are the only way in. */
  Pages NONE =
      new Pages() {
        @Override
        public List<Route> routes() {
          return List.of();
        }

        @Override
        public Optional<Session> session(Context ctx) {
          return Optional.empty();
        }

        @Override
        public boolean show(Context ctx, ProblemView problem) {
          return false;
        }
      };

  /** The routes of all pages. */
  List<Route> routes();

  /** The session that the request's cookie names; empty without one, or if it has ended. */
  Optional<Session> session(Context ctx);

  /** Answers a failed request with a page; false if the caller is no browser and gets JSON. */
  boolean show(Context ctx, ProblemView problem);
}

package io.cite.server.web;

import io.cite.core.UseCases;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.port.AuditTrail;
import io.cite.core.usecase.operate.Explain;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.http.Health;
import io.cite.server.http.Policy;
import io.cite.server.http.Principal;
import io.cite.server.http.Route;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Badge;
import io.cite.server.web.view.Badge.Tone;
import io.cite.server.web.view.Heading;
import io.cite.server.web.view.Link;
import io.cite.server.web.view.RecordsPage;
import io.cite.server.web.view.RecordsPage.Line;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened and why: a commit, the deliveries, the audit trail; and how CITE is doing. */
final class RecordPages {
  private final Site site;
  private final UseCases useCases;
  private final AuditTrail audit;
  private final Health health;

  RecordPages(Site site, UseCases useCases, AuditTrail audit, Health health) {
    this.site = site;
    this.useCases = useCases;
    this.audit = audit;
    this.health = health;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/why/{owner}/{repo}/{commit}", Policy.token(Verb.READ), this::why),
        Route.get("/deliveries", Policy.token(Verb.READ), this::deliveries).taking("q", "before"),
        Route.get("/audit", Policy.token(Verb.READ), this::audit).taking("q", "before"),
        Route.get("/status", Policy.token(Verb.READ), this::status));
  }

  private static Heading heading(Texts t, String title) {
    return new Heading(List.of(new Link("/", t.of("navigation.dashboard"))), title);
  }

  private static List<String> columns(Texts t) {
    return List.of(
        t.of("records.at"), t.of("records.what"), t.of("records.text"), t.of("records.about"));
  }

  private void why(Context ctx) {
    Visit visit = site.visit(ctx);
    Texts t = visit.t();
    RepositoryName repository;
    CommitId commit;
    try {
      repository = new RepositoryName(ctx.pathParam("owner"), ctx.pathParam("repo"));
      if (!visit.someone().sees(repository)) {
        throw new NotFound("No service is created from " + repository);
      }
      commit =
          useCases
              .findCommit()
              .execute(new FindCommit.Command(repository, ctx.pathParam("commit")));
    } catch (InvalidInput e) {
      throw new NotFound("There is no such commit: " + e.getMessage());
    }
    List<Line> lines =
        useCases.explain().execute(new Explain.Command(repository, commit)).stream()
            .map(
                entry ->
                    new Line(
                        visit.moment(entry.at()),
                        null,
                        t.of(entry.kind()),
                        entry.text(),
                        new Link("", entry.ref())))
            .toList();
    show(
        visit,
        new RecordsPage(
            heading(t, t.of("why.title", commit.abbreviated(), repository)),
            t.of("why.help"),
            columns(t),
            lines,
            t.of("records.none"),
            null,
            null));
  }

  private void show(Visit visit, RecordsPage page) {
    site.show(visit, "records", page.heading().title(), page);
  }

  private void deliveries(Context ctx) {
    Visit visit = site.visit(ctx);
    Texts t = visit.t();
    String search = search(ctx);
    Part part =
        Part.read(
            before(ctx, Delivery::isPosition),
            useCases.catalogue()::deliveries,
            Delivery::position,
            delivery ->
                sees(visit.someone(), delivery) ? found(line(visit, delivery), search) : null);
    show(
        visit,
        new RecordsPage(
            heading(t, t.of("navigation.deliveries")),
            t.of("deliveries.help"),
            columns(t),
            part.lines(),
            t.of("records.none"),
            part.older(t, "/deliveries", search),
            search));
  }

  private static Line line(Visit visit, Delivery delivery) {
    RepositoryName repository = delivery.repository();
    CommitId commit = delivery.commit();
    Tone tone =
        switch (delivery.disposition().kind()) {
          case ACCEPTED -> Tone.BUSY;
          case APPLIED -> Tone.GOOD;
          case IGNORED -> Tone.IDLE;
          case QUARANTINED -> Tone.BAD;
        };
    return new Line(
        visit.moment(delivery.receivedAt()),
        new Badge(tone, visit.t().of(delivery.disposition().kind())),
        delivery.event(),
        delivery.disposition().reason(),
        repository == null
            ? null
            : commit == null
                ? new Link("", repository.toString())
                : new Link(Hrefs.why(repository, commit), repository + " " + commit.abbreviated()));
  }

  private static boolean sees(Principal who, Delivery delivery) {
    RepositoryName repository = delivery.repository();
    return repository == null ? who.seesEverything() : who.sees(repository);
  }

  private void audit(Context ctx) {
    Visit visit = site.visit(ctx);
    Texts t = visit.t();
    String search = search(ctx);
    Part part =
        Part.read(
            before(ctx, text -> text.matches("\\d{1,18}")),
            (last, limit) -> audit.list(last == null ? null : Long.valueOf(last), limit),
            numbered -> Long.toString(numbered.sequence()),
            numbered ->
                sees(visit.someone(), numbered.entry())
                    ? found(line(visit, numbered.entry()), search)
                    : null);
    show(
        visit,
        new RecordsPage(
            heading(t, t.of("navigation.audit")),
            t.of("audit.help"),
            columns(t),
            part.lines(),
            t.of("records.none"),
            part.older(t, "/audit", search),
            search));
  }

  private static Line line(Visit visit, AuditEntry entry) {
    Tone tone =
        switch (entry.outcome()) {
          case ACCEPTED, DONE -> Tone.GOOD;
          case DENIED -> Tone.HELD;
          case FAILED -> Tone.BAD;
        };
    return new Line(
        visit.moment(entry.at()),
        new Badge(tone, visit.t().of(entry.outcome())),
        entry.action().code(),
        entry.actor() + (entry.detail().isEmpty() ? "" : ": " + entry.detail()),
        new Link("", entry.target()));
  }

  /** Targets begin with the service that they are about, if they are about one. */
  private static boolean sees(Principal who, AuditEntry entry) {
    if (who.seesEverything()) {
      return true;
    }
    String[] parts = entry.target().split("[/#]");
    try {
      return parts.length >= 2 && who.sees(ServiceId.of(parts[0], parts[1]));
    } catch (InvalidInput e) {
      return false;
    }
  }

  private void status(Context ctx) {
    Visit visit = site.visit(ctx);
    Texts t = visit.t();
    Health.Report report = health.report();
    List<Line> lines = new ArrayList<>();
    report
        .systems()
        .forEach(
            (system, state) -> {
              Badge badge =
                  switch (state) {
                    case "up" -> new Badge(Tone.GOOD, t.of("status.up"));
                    case "down" -> new Badge(Tone.BAD, t.of("status.down"));
                    default -> new Badge(Tone.IDLE, t.of("status.unknown"));
                  };
              lines.add(new Line(null, badge, system, "", null));
            });
    show(
        visit,
        new RecordsPage(
            heading(t, t.of("navigation.status")),
            t.of(report.isReady() ? "status.ready" : "status.notReady"),
            List.of(t.of("status.system")),
            lines,
            t.of("records.none"),
            null,
            null));
  }

  private static String search(Context ctx) {
    String search = ctx.queryParam("q");
    return search == null ? "" : search.strip();
  }

  /** The line, if it has all words that are searched for. */
  private static @Nullable Line found(Line line, String search) {
    String about = line.link() == null ? "" : line.link().text();
    String text = (line.what() + " " + line.text() + " " + about).toLowerCase(Locale.ROOT);
    String[] words = search.toLowerCase(Locale.ROOT).split("\\s+");
    return Stream.of(words).allMatch(text::contains) ? line : null;
  }

  /** Where the lines before end; null, so that the page begins with the newest, if it is none. */
  private static @Nullable String before(Context ctx, Predicate<String> valid) {
    String text = ctx.queryParam("before");
    return text != null && valid.test(text) ? text : null;
  }
}

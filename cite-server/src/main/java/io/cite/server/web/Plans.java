package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.usecase.operate.FindCommit;
import io.cite.server.http.Paths;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.ConfirmPage;
import io.cite.server.web.view.Field;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the forms of an environment would do, in sentences, and as a line for a script. */
final class Plans {
  private static final int MAX_REASON = 300;

  private final Stores stores;
  private final FindCommit findCommit;
  private final String publicUrl;

  Plans(Stores stores, FindCommit findCommit, String publicUrl) {
    this.stores = stores;
    this.findCommit = findCommit;
    this.publicUrl = publicUrl;
  }

  ConfirmPage build(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    CommitId commit = commit(visit.ctx(), id);
    List<String> plan = new ArrayList<>();
    plan.add(
        commit == null
            ? t.of("plan.buildHead", id.branch())
            : t.of("plan.build", commit.abbreviated()));
    Estimates.ofBuild(stores.builds().of(id))
        .ifPresent(usual -> plan.add(t.of("waiting.usual", t.duration(usual))));
    plan.add(afterBuild(t, id));
    plan.add(t.of("plan.buildAgain"));
    String body = commit == null ? "{}" : "{\"commit\":\"" + commit + "\"}";
    return page(visit, id, "order.build", "/build", plan)
        .with(commit == null ? Map.of() : Map.of("commit", commit.toString()))
        .with(curl("POST", id, "/builds", body));
  }

  private String afterBuild(Texts t, EnvironmentId id) {
    String by =
        stores.environments().findState(id).map(state -> state.value().pinnedBy()).orElse(null);
    if (by != null) {
      return t.of("waiting.pinned", by);
    }
    return stores.environments().settings(id).value().autoDeploy()
        ? t.of("plan.thenDeploy")
        : t.of("plan.thenNothing");
  }

  ConfirmPage deploy(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    CommitId commit = commit(visit.ctx(), id);
    String number = value(visit.ctx(), "build");
    Optional<Build> build = number == null ? Optional.empty() : Optional.of(build(id, number));
    List<String> plan = new ArrayList<>();
    String to =
        build
            .map(one -> t.of("plan.deployBuild", one.number(), one.commit().abbreviated()))
            .orElse(
                commit == null
                    ? t.of("plan.deployNewest", id.branch())
                    : t.of("plan.deploy", commit.abbreviated()));
    plan.add(to);
    plan.add(from(t, id));
    plan.add(t.of("plan.pods", stores.environments().settings(id).value().replicas().count()));
    plan.add(t.of("plan.failureKeeps"));
    Map<String, String> hidden = new HashMap<>();
    String body = "{}";
    if (number != null) {
      hidden.put("build", number);
      body = "{\"build\":" + number + "}";
    } else if (commit != null) {
      hidden.put("commit", commit.toString());
      body = "{\"commit\":\"" + commit + "\"}";
    }
    return page(visit, id, "order.deploy", "/deploy", plan)
        .with(hidden)
        .with(curl("POST", id, "/deployments", body));
  }

  private String from(Texts t, EnvironmentId id) {
    return live(id)
        .map(live -> t.of("plan.replaces", live.commit().abbreviated(), live.seq()))
        .orElse(t.of("plan.replacesNothing"));
  }

  private Optional<Deployment> live(EnvironmentId id) {
    return stores
        .environments()
        .findState(id)
        .map(state -> state.value().live())
        .flatMap(seq -> stores.deployments().find(id, seq))
        .map(found -> found.value());
  }

  ConfirmPage activate(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    long seq = Paths.number(visit.ctx(), "deployment");
    Deployment earlier = stores.deployments().get(id, seq).value();
    List<String> plan = new ArrayList<>();
    plan.add(t.of("plan.activate", seq, earlier.commit().abbreviated()));
    plan.add(from(t, id));
    plan.add(t.of(earlier.rollout().mayExist() ? "plan.warm" : "plan.cold"));
    plan.add(t.of("plan.pins"));
    plan.add(t.of("plan.notUndone"));
    String path = "/deployments/" + seq + "/activate";
    return page(visit, id, "order.activate", path, plan)
        .asking(
            new Field(
                "reason",
                t.of("confirm.reason"),
                t.of("confirm.reasonHelp"),
                Field.Kind.LINES,
                "",
                true,
                MAX_REASON))
        .with(curl("POST", id, path, "{}"));
  }

  ConfirmPage cancel(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    long seq = Paths.number(visit.ctx(), "deployment");
    Deployment one = stores.deployments().get(id, seq).value();
    String path = "/deployments/" + seq + "/cancel";
    return page(
            visit,
            id,
            "order.cancel",
            path,
            List.of(
                t.of("plan.cancel", seq, one.commit().abbreviated()),
                t.of("plan.cancelKeeps"),
                t.of("plan.cancelLate")))
        .with(curl("POST", id, path, "{}"));
  }

  ConfirmPage cancelBuild(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    long number = Paths.number(visit.ctx(), "build");
    Build one = stores.builds().get(id, number).value();
    String path = "/builds/" + number + "/cancel";
    return page(
            visit,
            id,
            "order.cancel",
            path,
            List.of(
                t.of("plan.cancelBuild", number, one.commit().abbreviated()),
                t.of("plan.cancelBuildUnused"),
                t.of("plan.cancelBuildNext")))
        .with(curl("POST", id, path, "{}"));
  }

  ConfirmPage scale(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    int now = stores.environments().settings(id).value().replicas().count();
    return page(
            visit,
            id,
            "order.scale",
            "/scale",
            List.of(t.of("plan.scale", now), t.of("plan.scaleAtOnce")))
        .asking(
            Field.number("replicas", t.of("setting.replicas"), Integer.toString(now), Replicas.MAX))
        .with(curl("PATCH", id, "", "{\"replicas\":" + now + "}"));
  }

  ConfirmPage release(Visit visit, EnvironmentId id) {
    Texts t = visit.t();
    EnvironmentFacts facts =
        EnvironmentFacts.read(stores, stores.environments().settings(id).value())
            .orElseThrow(() -> new NotFound("There is no environment " + id));
    List<String> plan = new ArrayList<>();
    String by = facts.state().pinnedBy();
    plan.add(by == null ? t.of("plan.notPinned") : t.of("pin.by", by));
    plan.add(EnvironmentPages.release(t, facts));
    return page(visit, id, "order.release", "/release", plan).with(curl("DELETE", id, "/pin", ""));
  }

  private ConfirmPage page(
      Visit visit, EnvironmentId id, String title, String path, List<String> plan) {
    String name = visit.t().of(title);
    return ConfirmPage.of(
        RunPages.heading(visit.t(), id, name), plan, Hrefs.of(id) + path, name, Hrefs.of(id));
  }

  private String curl(String method, EnvironmentId id, String path, String body) {
    String url = publicUrl + "/v1/services/" + id.service() + "/environments/" + id.slug() + path;
    return Curl.line(method, url, body);
  }

  private Build build(EnvironmentId id, String number) {
    if (!number.matches("\\d{1,9}")) {
      throw new InvalidInput("The field 'build' must be a whole number.");
    }
    return stores.builds().get(id, Long.parseLong(number)).value();
  }

  private @Nullable CommitId commit(Context ctx, EnvironmentId id) {
    String commit = value(ctx, "commit");
    return commit == null ? null : findCommit.execute(id, commit);
  }

  private static @Nullable String value(Context ctx, String name) {
    String value = ctx.queryParam(name) == null ? ctx.formParam(name) : ctx.queryParam(name);
    return value == null || value.isBlank() ? null : value;
  }
}

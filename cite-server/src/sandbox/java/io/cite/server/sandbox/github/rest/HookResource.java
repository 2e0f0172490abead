package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.shape.HookShape;
import io.cite.server.sandbox.github.state.Hook;
import io.cite.server.sandbox.github.state.Repo;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Webhooks. */
final class HookResource {

  private static final int LIMIT = 20;

  private final ApiContext api;

  HookResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String hooks = "/repos/{owner}/{repo}/hooks";
    String hook = hooks + "/{hook}";
    routes.get(
        hooks,
        Access.ADMIN_HIDDEN,
        call ->
            call.page(
                api.state().hooks().of(call.repo().id()),
                found -> shape().hook(call.repo(), found)));
    routes.post(hooks, Access.ADMIN_HIDDEN, this::create);
    routes.get(hook, Access.ADMIN_HIDDEN, call -> Reply.ok(shape().hook(call.repo(), find(call))));
    routes.patch(hook, Access.ADMIN_HIDDEN, this::edit);
    routes.delete(hook, Access.ADMIN_HIDDEN, this::delete);
    routes.get(
        hook + "/config",
        Access.ADMIN_HIDDEN,
        call -> Reply.ok(shape().config(find(call).config())));
    routes.patch(hook + "/config", Access.ADMIN_HIDDEN, this::editConfig);
    routes.post(hook + "/pings", Access.ADMIN_HIDDEN, this::ping);
    routes.post(hook + "/tests", Access.ADMIN_HIDDEN, this::test);
    routes.post(hook + "/test", Access.ADMIN_HIDDEN, this::test);
  }

  private Reply create(Call call) {
    Body body = call.body();
    Repo repo = call.repo();
    if (!body.text("name", "web").equals("web")) {
      throw ApiError.invalid("Hook", "The only hook there is is named web");
    }
    Hook.Config config = config(body.inner("config"), null, false);
    List<String> events = events(body.list("events").orElse(List.of("push")));
    Hook hook;
    synchronized (api.state()) {
      unique(repo, config, events, null);
      hook =
          api
              .state()
              .hooks()
              .add(
                  new Hook(
                      api.state().nextId(),
                      repo.id(),
                      body.flag("active", true),
                      events,
                      config,
                      null,
                      "unused",
                      null,
                      api.now(),
                      api.now()));
    }
    if (hook.active()) {
      api.events().ping(repo, hook, call.viewer());
    }
    return Reply.created(shape().hook(repo, hook));
  }

  private Reply edit(Call call) {
    Body body = call.body();
    Hook old = find(call);
    Hook.Config config =
        body.has("config") ? config(body.inner("config"), old.config(), false) : old.config();
    Set<String> events = new LinkedHashSet<>(body.list("events").orElse(old.events()));
    events.addAll(body.list("add_events").orElse(List.of()));
    events.removeAll(body.list("remove_events").orElse(List.of()));
    return change(
        call, old, body.flag("active", old.active()), events(List.copyOf(events)), config);
  }

  private Reply editConfig(Call call) {
    Hook old = find(call);
    Hook.Config config = config(call.body(), old.config(), true);
    change(call, old, old.active(), old.events(), config);
    return Reply.ok(shape().config(config));
  }

  private Reply change(
      Call call, Hook old, boolean active, List<String> events, Hook.Config config) {
    synchronized (api.state()) {
      unique(call.repo(), config, events, old);
      return api
          .state()
          .hooks()
          .change(old.id(), row -> row.edited(active, events, config, api.now()))
          .map(changed -> Reply.ok(shape().hook(call.repo(), changed)))
          .orElseThrow(ApiError::notFound);
    }
  }

  private Reply delete(Call call) {
    Hook hook = find(call);
    api.state().hooks().remove(hook.id());
    api.deliveries().forget(hook.id());
    return Reply.none();
  }

  private Reply ping(Call call) {
    api.events().ping(call.repo(), find(call), call.viewer());
    return Reply.none();
  }

  /** Sends the latest push again, if the hook wants pushes and there is one. */
  private Reply test(Call call) {
    Hook hook = find(call);
    Repo repo = call.repo();
    if (hook.wants("push")) {
      api
          .repositories()
          .reader(repo)
          .resolve(repo.defaultBranch())
          .ifPresent(
              head ->
                  api
                      .events()
                      .test(repo, hook, latest(repo.defaultBranch(), head), call.viewer()));
    }
    return Reply.none();
  }

  private static RefChange latest(String branch, RevCommit head) {
    return new RefChange(
        Constants.R_HEADS + branch,
        head.getParentCount() == 0
            ? org.eclipse.jgit.lib.ObjectId.zeroId()
            : head.getParent(0).toObjectId(),
        head.toObjectId(),
        false);
  }

  private void unique(Repo repo, Hook.Config config, List<String> events, @Nullable Hook itself) {
    List<Hook> others =
        api.state().hooks().of(repo.id()).stream()
            .filter(hook -> itself == null || hook.id() != itself.id())
            .toList();
    if (others.stream().anyMatch(hook -> hook.config().url().equals(config.url()))) {
      throw ApiError.invalid("Hook", "Hook already exists on this repository");
    }
    for (String event : events) {
      if (others.stream().filter(hook -> hook.events().contains(event)).count() >= LIMIT) {
        throw ApiError.invalid(
            "Hook", "The \"" + event + "\" event cannot have more than " + LIMIT + " hooks");
      }
    }
  }

  private static List<String> events(List<String> wanted) {
    if (wanted.isEmpty()) {
      throw ApiError.field("Hook", "events", "missing_field");
    }
    for (String event : wanted) {
      if (!event.equals("*") && !event.matches("[a-z][a-z_]{1,60}")) {
        throw ApiError.invalid("Hook", "Invalid event: " + event);
      }
    }
    return wanted;
  }

  /**
   * @param merge whether what is left out stays as it was, the secret included
   */
  private static Hook.Config config(Body body, Hook.@Nullable Config old, boolean merge) {
    String url = body.text("url", old == null ? "" : old.url());
    if (url.isBlank()) {
      throw ApiError.field("Hook", "url", "missing_field");
    }
    if (!web(url)) {
      throw ApiError.invalid("Hook", "Sorry, the URL host is not supported: " + url);
    }
    String type = body.text("content_type", old == null ? "form" : old.contentType());
    if (!type.equals("json") && !type.equals("form")) {
      throw ApiError.field("Hook", "content_type", "invalid");
    }
    String secret = body.text("secret").filter(text -> !text.isEmpty()).orElse(null);
    boolean kept = "********".equals(secret) || (merge && !body.has("secret"));
    return new Hook.Config(
        url,
        type,
        old != null && kept ? old.secret() : secret,
        body.text("insecure_ssl", old == null ? "0" : old.insecureSsl()));
  }

  private static boolean web(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Hook find(Call call) {
    return api
        .state()
        .hooks()
        .find(call.repo().id(), call.number("hook"))
        .orElseThrow(ApiError::notFound);
  }

  private HookShape shape() {
    return api.shapes().hooks();
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.shape.PullShape;
import io.cite.server.sandbox.github.state.Comment;
import io.cite.server.sandbox.github.state.Pull;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Ref;

/** Pull requests between branches of one repository, and comments on them. */
final class PullResource {

  private final ApiContext api;

  PullResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String repo = "/repos/{owner}/{repo}";
    routes.get(repo + "/pulls", Access.READ, this::list);
    routes.post(repo + "/pulls", Access.PUSH, this::create);
    routes.get(
        repo + "/pulls/{number}",
        Access.READ,
        call -> Reply.ok(shape().full(call.repo(), find(call, "number"))));
    routes.patch(repo + "/pulls/{number}", Access.PUSH, this::edit);
    routes.get(
        repo + "/issues/{number}/comments",
        Access.READ,
        call -> {
          int number = find(call, "number").number();
          return call.page(
              api.state().comments().of(call.repo().id()).stream()
                  .filter(comment -> comment.issue() == number)
                  .toList(),
              comment -> shape().comment(call.repo(), comment));
        });
    routes.post(repo + "/issues/{number}/comments", Access.READ, this::comment);
    String comment = repo + "/issues/comments/{comment}";
    routes.get(
        comment, Access.READ, call -> Reply.ok(shape().comment(call.repo(), findComment(call))));
    routes.patch(comment, Access.PUSH, this::editComment);
    routes.delete(
        comment,
        Access.PUSH,
        call -> {
          api.state().comments().remove(findComment(call).id());
          return Reply.none();
        });
  }

  private Reply list(Call call) {
    String state = call.query("state").orElse("open");
    String owner = call.repo().owner() + ":";
    Optional<String> head = call.query("head");
    Optional<String> base = call.query("base");
    List<Pull> found =
        api.state().pulls().newestOf(call.repo().id()).stream()
            .filter(pull -> state.equals("all") || pull.open() == state.equals("open"))
            .filter(pull -> head.isEmpty() || head.get().equals(owner + pull.head()))
            .filter(pull -> base.isEmpty() || base.get().equals(pull.base()))
            .toList();
    return call.page(found, pull -> shape().simple(call.repo(), pull));
  }

  private Reply create(Call call) {
    Repo repo = call.repo();
    Body body = call.body();
    String title = body.required("PullRequest", "title");
    String named = body.required("PullRequest", "head");
    String head =
        named.startsWith(repo.owner() + ":") ? named.substring(repo.owner().length() + 1) : named;
    String base = body.required("PullRequest", "base");
    GitReader reader = api.repositories().reader(repo);
    Ref headRef =
        reader.branch(head).orElseThrow(() -> ApiError.field("PullRequest", "head", "invalid"));
    Ref baseRef =
        reader.branch(base).orElseThrow(() -> ApiError.field("PullRequest", "base", "invalid"));
    if (reader.contains(Objects.requireNonNull(baseRef.getObjectId()), Objects.requireNonNull(headRef.getObjectId()))) {
      throw ApiError.invalid("PullRequest", "No commits between " + base + " and " + head);
    }
    Pull pull;
    synchronized (api.state()) {
      List<Pull> all = api.state().pulls().of(repo.id());
      if (all.stream().anyMatch(p -> p.open() && p.head().equals(head) && p.base().equals(base))) {
        throw ApiError.invalid(
            "PullRequest", "A pull request already exists for " + repo.owner() + ":" + head + ".");
      }
      pull =
          api
              .state()
              .pulls()
              .add(
                  new Pull(
                      api.state().nextId(),
                      repo.id(),
                      all.stream().mapToInt(Pull::number).max().orElse(0) + 1,
                      title,
                      body.text("body").orElse(null),
                      call.viewer().login(),
                      head,
                      Objects.requireNonNull(headRef.getObjectId()).name(),
                      base,
                      Objects.requireNonNull(baseRef.getObjectId()).name(),
                      body.flag("draft", false),
                      api.now(),
                      api.now(),
                      null,
                      null));
    }
    api.events().pull(repo, pull, "opened", Map.of(), call.viewer());
    return Reply.created(shape().full(repo, pull));
  }

  private Reply edit(Call call) {
    Pull old = find(call, "number");
    Body body = call.body();
    String state = body.text("state", old.open() ? "open" : "closed");
    if (!state.equals("open") && !state.equals("closed")) {
      throw ApiError.field("PullRequest", "state", "invalid");
    }
    boolean toggled = state.equals("open") != old.open();
    Pull changed =
        api
            .state()
            .pulls()
            .change(
                old.id(),
                row -> {
                  Pull edited =
                      row.edited(
                          body.text("title", row.title()),
                          body.has("body") ? body.text("body").orElse(null) : row.body(),
                          api.now());
                  if (!toggled) {
                    return edited;
                  }
                  return edited.open()
                      ? edited.closed(false, api.now())
                      : edited.reopened(api.now());
                })
            .orElseThrow(ApiError::notFound);
    String action = toggled ? (changed.open() ? "reopened" : "closed") : "edited";
    api.events().pull(call.repo(), changed, action, Map.of(), call.viewer());
    return Reply.ok(shape().full(call.repo(), changed));
  }

  private Reply comment(Call call) {
    Pull pull = find(call, "number");
    Comment comment =
        api
            .state()
            .comments()
            .add(
                new Comment(
                    api.state().nextId(),
                    call.repo().id(),
                    pull.number(),
                    call.viewer().login(),
                    call.body().required("IssueComment", "body"),
                    api.now(),
                    api.now()));
    return Reply.created(shape().comment(call.repo(), comment));
  }

  private Reply editComment(Call call) {
    String text = call.body().required("IssueComment", "body");
    return api
        .state()
        .comments()
        .change(findComment(call).id(), row -> row.edited(text, api.now()))
        .map(comment -> Reply.ok(shape().comment(call.repo(), comment)))
        .orElseThrow(ApiError::notFound);
  }

  private Pull find(Call call, String param) {
    long number = call.number(param);
    return api.state().pulls().of(call.repo().id()).stream()
        .filter(pull -> pull.number() == number)
        .findFirst()
        .orElseThrow(ApiError::notFound);
  }

  private Comment findComment(Call call) {
    return api
        .state()
        .comments()
        .find(call.repo().id(), call.number("comment"))
        .orElseThrow(ApiError::notFound);
  }

  private PullShape shape() {
    return api.shapes().pulls();
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.StatusShape;
import io.cite.server.sandbox.github.state.CommitStatus;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/** Commit statuses. */
final class StatusResource {

  private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");
  private static final int DESCRIPTION = 140;
  private static final int PER_CONTEXT = 1_000;

  private final ApiContext api;

  StatusResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String repo = "/repos/{owner}/{repo}";
    routes.post(repo + "/statuses/{sha}", Access.PUSH, this::create);
    routes.get(repo + "/statuses/{ref}", Access.READ, this::list);
    routes.get(repo + "/commits/<ref>/statuses", Access.READ, this::list);
    routes.get(repo + "/commits/<ref>/status", Access.READ, this::combined);
  }

  private Reply create(Call call) {
    Repo repo = call.repo();
    Body body = call.body();
    String sha = call.param("sha");
    String state = body.required("Status", "state");
    if (!STATES.contains(state)) {
      throw ApiError.field("Status", "state", "invalid");
    }
    String description = body.text("description").orElse(null);
    if (description != null && description.codePointCount(0, description.length()) > DESCRIPTION) {
      throw ApiError.invalid(
          "Status", "description is too long (maximum is " + DESCRIPTION + " characters)");
    }
    String target = body.text("target_url").orElse(null);
    if (target != null && !target.isEmpty() && !target.matches("(?i)https?://.+")) {
      throw ApiError.invalid("Status", "Target url must use http(s) scheme");
    }
    boolean known =
        SHA.matcher(sha).matches()
            && api.repositories().reader(repo).commit(ObjectId.fromString(sha)).isPresent();
    if (!known) {
      throw ApiError.of(422, "No commit found for SHA: " + sha);
    }
    String context = body.text("context", "default");
    CommitStatus status;
    synchronized (api.state()) {
      long before = of(repo, sha).stream().filter(s -> s.context().equals(context)).count();
      if (before >= PER_CONTEXT) {
        throw ApiError.invalid(
            "Status", "This SHA and context has reached the maximum number of statuses.");
      }
      status =
          api
              .state()
              .statuses()
              .add(
                  new CommitStatus(
                      api.state().nextId(),
                      repo.id(),
                      sha,
                      state,
                      context,
                      description,
                      target,
                      call.viewer().login(),
                      api.now()));
    }
    api.events().status(repo, status, call.viewer());
    return Reply.created(shape().status(repo, status));
  }

  private Reply list(Call call) {
    return call.page(
        of(call.repo(), resolve(call).name()), status -> shape().status(call.repo(), status));
  }

  private Reply combined(Call call) {
    String sha = resolve(call).name();
    return Reply.ok(shape().combined(call.repo(), sha, of(call.repo(), sha)));
  }

  private RevCommit resolve(Call call) {
    Optional<RevCommit> commit =
        api.repositories().reader(call.repo()).resolve(call.param("ref"));
    return commit.orElseThrow(ApiError::notFound);
  }

  /** Newest first. */
  private List<CommitStatus> of(Repo repo, String sha) {
    return api.state().statuses().newestOf(repo.id()).stream()
        .filter(status -> status.sha().equals(sha))
        .toList();
  }

  private StatusShape shape() {
    return api.shapes().statuses();
  }
}

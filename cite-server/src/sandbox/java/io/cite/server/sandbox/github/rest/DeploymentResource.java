package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.DeploymentShape;
import io.cite.server.sandbox.github.shape.StatusShape;
import io.cite.server.sandbox.github.state.CommitStatus;
import io.cite.server.sandbox.github.state.Deployment;
import io.cite.server.sandbox.github.state.DeploymentStatus;
import io.cite.server.sandbox.github.state.Environment;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.StringNode;

/** Deployments; merging the default branch into the deployed one is left out. */
final class DeploymentResource {

  private final ApiContext api;
  private final DeploymentStatuses statuses;

  DeploymentResource(ApiContext api) {
    this.api = api;
    this.statuses = new DeploymentStatuses(api);
  }

  void register(Routes routes) {
    String all = "/repos/{owner}/{repo}/deployments";
    String one = all + "/{deployment}";
    routes.get(all, Access.READ, this::list);
    routes.post(all, Access.PUSH, this::create);
    routes.get(one, Access.READ, call -> Reply.ok(shape().deployment(call.repo(), find(call))));
    routes.delete(one, Access.PUSH, this::delete);
    routes.get(
        one + "/statuses",
        Access.READ,
        call -> call.page(statuses.of(find(call)), s -> shape().status(call.repo(), s)));
    routes.post(
        one + "/statuses",
        Access.PUSH,
        call -> {
          DeploymentStatus created =
              statuses.create(call.repo(), find(call), call.body(), call.viewer());
          return Reply.created(shape().status(call.repo(), created));
        });
    routes.get(
        one + "/statuses/{status}",
        Access.READ,
        call ->
            statuses.of(find(call)).stream()
                .filter(status -> status.id() == call.number("status"))
                .findFirst()
                .map(status -> Reply.ok(shape().status(call.repo(), status)))
                .orElseThrow(ApiError::notFound));
  }

  private Reply list(Call call) {
    Optional<String> sha = call.query("sha").filter(text -> !text.equals("none"));
    Optional<String> ref = call.query("ref").filter(text -> !text.equals("none"));
    Optional<String> task = call.query("task").filter(text -> !text.equals("none"));
    Optional<String> environment = call.query("environment").filter(text -> !text.equals("none"));
    List<Deployment> found =
        api.state().deployments().newestOf(call.repo().id()).stream()
            .filter(deployment -> sha.isEmpty() || sha.get().equals(deployment.sha()))
            .filter(deployment -> ref.isEmpty() || ref.get().equals(deployment.ref()))
            .filter(deployment -> task.isEmpty() || task.get().equals(deployment.task()))
            .filter(
                deployment ->
                    environment.isEmpty() || environment.get().equals(deployment.environment()))
            .toList();
    return call.page(found, deployment -> shape().deployment(call.repo(), deployment));
  }

  private Reply create(Call call) {
    Repo repo = call.repo();
    Body body = call.body();
    String ref = body.required("Deployment", "ref");
    RevCommit commit =
        api
            .repositories()
            .reader(repo)
            .resolve(ref)
            .orElseThrow(() -> ApiError.of(422, "No ref found for: " + ref));
    checkContexts(repo, commit.name(), ref, body.list("required_contexts"));
    String environment = body.text("environment", "production");
    Deployment deployment;
    synchronized (api.state()) {
      remember(repo, environment);
      deployment =
          api
              .state()
              .deployments()
              .add(
                  new Deployment(
                      api.state().nextId(),
                      repo.id(),
                      commit.name(),
                      ref,
                      body.text("task", "deploy"),
                      body.node("payload").orElse(StringNode.valueOf("")),
                      environment,
                      environment,
                      body.text("description").orElse(null),
                      body.flag("transient_environment", false),
                      body.flag("production_environment", environment.equals("production")),
                      call.viewer().login(),
                      api.now(),
                      api.now()));
    }
    api.events().deployment(repo, deployment, call.viewer());
    return Reply.created(shape().deployment(repo, deployment));
  }

  private void checkContexts(Repo repo, String sha, String ref, Optional<List<String>> required) {
    List<CommitStatus> latest =
        StatusShape.latestByContext(
            api.state().statuses().newestOf(repo.id()).stream()
                .filter(status -> status.sha().equals(sha))
                .toList());
    List<String> wanted =
        required.orElseGet(() -> latest.stream().map(CommitStatus::context).toList());
    boolean fine =
        wanted.stream()
            .allMatch(
                context ->
                    latest.stream()
                        .anyMatch(
                            status ->
                                status.context().equalsIgnoreCase(context)
                                    && status.state().equals("success")));
    if (!fine) {
      throw ApiError.of(409, "Conflict: Commit status checks failed for " + ref + ".");
    }
  }

  private void remember(Repo repo, String name) {
    boolean known =
        api.state().environments().of(repo.id()).stream().anyMatch(e -> e.name().equals(name));
    if (!known) {
      api
          .state()
          .environments()
          .add(new Environment(api.state().nextId(), repo.id(), name, api.now()));
    }
  }

  private Reply delete(Call call) {
    synchronized (api.state()) {
      Deployment deployment = find(call);
      boolean only =
          api.state().deployments().of(call.repo().id()).stream()
              .allMatch(
                  other ->
                      other.id() == deployment.id()
                          || !other.environment().equals(deployment.environment()));
      String last = statuses.of(deployment).stream().findFirst().map(s -> s.state()).orElse("");
      if (!only && !List.of("inactive", "failure", "error").contains(last)) {
        throw ApiError.of(
            422,
            "We cannot delete an active deployment unless it is the only deployment in a given"
                + " environment.");
      }
      statuses.of(deployment).forEach(s -> api.state().deploymentStatuses().remove(s.id()));
      api.state().deployments().remove(deployment.id());
    }
    return Reply.none();
  }

  private Deployment find(Call call) {
    return api
        .state()
        .deployments()
        .find(call.repo().id(), call.number("deployment"))
        .orElseThrow(ApiError::notFound);
  }

  private DeploymentShape shape() {
    return api.shapes().deployments();
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.git.GitStorage;
import io.cite.server.sandbox.github.git.GitWriter;
import io.cite.server.sandbox.github.shape.RepositoryShape;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repositories themselves. */
final class RepositoryResource {

  private final ApiContext api;

  RepositoryResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    routes.get(
        "/repos/{owner}/{repo}",
        Access.READ,
        call -> Reply.ok(shape().full(call.repo(), call.permission())));
    routes.patch("/repos/{owner}/{repo}", Access.ADMIN, this::edit);
    routes.delete("/repos/{owner}/{repo}", Access.ADMIN, this::delete);
    routes.get("/user/repos", Access.SIGNED_IN, this::mine);
    routes.post("/user/repos", Access.SIGNED_IN, call -> create(call, call.viewer()));
    routes.get("/orgs/{org}/repos", Access.ANYONE, this::ofOrganization);
    routes.post("/orgs/{org}/repos", Access.SIGNED_IN, call -> create(call, organization(call)));
  }

  private Reply edit(Call call) {
    Body body = call.body();
    Repo repo = renamed(call, body);
    String branch = body.text("default_branch", repo.defaultBranch());
    if (!branch.equals(repo.defaultBranch())) {
      if (api.repositories().reader(repo).branch(branch).isEmpty()) {
        throw ApiError.invalid(
            "Repository", "The branch " + branch + " was not found. Please push that ref first.");
      }
      api.repositories().writer(repo).pointHeadAt(branch);
    }
    boolean hidden = body.flag("private", body.text("visibility", "").equals("private"));
    boolean hide = body.has("private") || body.has("visibility") ? hidden : repo.hidden();
    Repo edited =
        api
            .state()
            .repositories()
            .change(
                repo.id(),
                row ->
                    row.withSettings(
                        hide,
                        body.flag("archived", row.archived()),
                        branch,
                        body.has("description")
                            ? body.text("description").orElse(null)
                            : row.description(),
                        api.now()))
            .orElseThrow(ApiError::notFound);
    return Reply.ok(shape().full(edited, call.permission()));
  }

  private Repo renamed(Call call, Body body) {
    Repo repo = call.repo();
    String name = body.text("name", repo.name());
    if (name.equals(repo.name())) {
      return repo;
    }
    if (!GitStorage.isName(name)) {
      throw ApiError.invalid("Repository", "name is not a valid repository name");
    }
    Repo renamed =
        api.repositories()
            .rename(repo, name)
            .orElseThrow(
                () -> ApiError.invalid("Repository", "name already exists on this account"));
    api.events().renamed(renamed, repo.name(), call.viewer());
    return renamed;
  }

  private Reply delete(Call call) {
    api.state().hooks().of(call.repo().id()).forEach(h -> api.deliveries().forget(h.id()));
    api.repositories().delete(call.repo());
    return Reply.none();
  }

  private Reply mine(Call call) {
    Account viewer = call.viewer();
    List<Repo> found =
        api.state().repositories().all().stream()
            .filter(repo -> api.repositories().member(repo, viewer))
            .toList();
    return call.page(
        found, repo -> shape().full(repo, api.repositories().permission(repo, viewer)));
  }

  private Reply ofOrganization(Call call) {
    Account organization = organization(call);
    List<Repo> found =
        api.state().repositories().all().stream()
            .filter(repo -> repo.owner().equalsIgnoreCase(organization.login()))
            .filter(repo -> permission(repo, call).allows(Permission.READ))
            .toList();
    return call.page(found, repo -> shape().full(repo, permission(repo, call)));
  }

  private Permission permission(Repo repo, Call call) {
    return api.repositories().permission(repo, call.someone().orElse(null));
  }

  private Account organization(Call call) {
    return api
        .state()
        .account(call.param("org"))
        .filter(Account::organization)
        .orElseThrow(ApiError::notFound);
  }

  private Reply create(Call call, Account owner) {
    Body body = call.body();
    String name = body.required("Repository", "name");
    if (!GitStorage.isName(name)) {
      throw ApiError.invalid("Repository", "name is not a valid repository name");
    }
    boolean hidden = body.flag("private", body.text("visibility", "").equals("private"));
    Map<String, Permission> members =
        owner.equals(call.viewer()) ? Map.of() : Map.of(call.viewer().login(), Permission.ADMIN);
    Repo repo =
        api
            .repositories()
            .create(owner, name, hidden, body.text("description").orElse(null), members)
            .orElseThrow(
                () -> ApiError.invalid("Repository", "name already exists on this account"));
    if (body.flag("auto_init", false)) {
      Account by = call.viewer();
      api
          .repositories()
          .writer(repo)
          .commit(
              repo.defaultBranch(),
              Optional.empty(),
              Map.of("README.md", ("# " + name + "\n").getBytes(StandardCharsets.UTF_8)),
              List.of(),
              "Initial commit",
              new GitWriter.Author(by.login(), by.email(), api.clock().instant()));
    }
    return Reply.created(shape().full(repo, Permission.ADMIN));
  }

  private RepositoryShape shape() {
    return api.shapes().repositories();
  }
}

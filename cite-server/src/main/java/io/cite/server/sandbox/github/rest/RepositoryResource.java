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

  private final Parts parts;

  RepositoryResource(Parts parts) {
    this.parts = parts;
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
    Repo repo = call.repo();
    Body body = call.body();
    String branch = body.text("default_branch", repo.defaultBranch());
    if (!branch.equals(repo.defaultBranch())) {
      if (parts.repositories().reader(repo).branch(branch).isEmpty()) {
        throw ApiError.invalid(
            "Repository", "The branch " + branch + " was not found. Please push that ref first.");
      }
      parts.repositories().writer(repo).pointHeadAt(branch);
    }
    boolean hidden = body.flag("private", body.text("visibility", "").equals("private"));
    boolean hide = body.has("private") || body.has("visibility") ? hidden : repo.hidden();
    Repo edited =
        parts
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
                        parts.now()))
            .orElseThrow(ApiError::notFound);
    return Reply.ok(shape().full(edited, call.permission()));
  }

  private Reply delete(Call call) {
    parts.state().hooks().of(call.repo().id()).forEach(h -> parts.deliveries().forget(h.id()));
    parts.repositories().delete(call.repo());
    return Reply.none();
  }

  private Reply mine(Call call) {
    Account viewer = call.viewer();
    List<Repo> found =
        parts.state().repositories().all().stream()
            .filter(repo -> parts.repositories().member(repo, viewer))
            .toList();
    return call.page(
        found, repo -> shape().full(repo, parts.repositories().permission(repo, viewer)));
  }

  private Reply ofOrganization(Call call) {
    Account organization = organization(call);
    List<Repo> found =
        parts.state().repositories().all().stream()
            .filter(repo -> repo.owner().equalsIgnoreCase(organization.login()))
            .filter(repo -> permission(repo, call).allows(Permission.READ))
            .toList();
    return call.page(found, repo -> shape().full(repo, permission(repo, call)));
  }

  private Permission permission(Repo repo, Call call) {
    return parts.repositories().permission(repo, call.someone().orElse(null));
  }

  private Account organization(Call call) {
    return parts
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
        parts
            .repositories()
            .create(owner, name, hidden, body.text("description").orElse(null), members)
            .orElseThrow(
                () -> ApiError.invalid("Repository", "name already exists on this account"));
    if (body.flag("auto_init", false)) {
      Account by = call.viewer();
      parts
          .repositories()
          .writer(repo)
          .commit(
              repo.defaultBranch(),
              Optional.empty(),
              Map.of("README.md", ("# " + name + "\n").getBytes(StandardCharsets.UTF_8)),
              List.of(),
              "Initial commit",
              new GitWriter.Author(by.login(), by.email(), parts.clock().instant()));
    }
    return Reply.created(shape().full(repo, Permission.ADMIN));
  }

  private RepositoryShape shape() {
    return parts.shapes().repositories();
  }
}

package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Pull;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Repositories: short inside other answers, long by themselves, and as webhooks carry them. */
public final class RepositoryShape {

  private static final String[][] TEMPLATES = {
    {"archive_url", "/{archive_format}{/ref}"},
    {"assignees_url", "/assignees{/user}"},
    {"blobs_url", "/git/blobs{/sha}"},
    {"branches_url", "/branches{/branch}"},
    {"collaborators_url", "/collaborators{/collaborator}"},
    {"comments_url", "/comments{/number}"},
    {"commits_url", "/commits{/sha}"},
    {"compare_url", "/compare/{base}...{head}"},
    {"contents_url", "/contents/{+path}"},
    {"contributors_url", "/contributors"},
    {"deployments_url", "/deployments"},
    {"downloads_url", "/downloads"},
    {"events_url", "/events"},
    {"forks_url", "/forks"},
    {"git_commits_url", "/git/commits{/sha}"},
    {"git_refs_url", "/git/refs{/sha}"},
    {"git_tags_url", "/git/tags{/sha}"},
    {"hooks_url", "/hooks"},
    {"issue_comment_url", "/issues/comments{/number}"},
    {"issue_events_url", "/issues/events{/number}"},
    {"issues_url", "/issues{/number}"},
    {"keys_url", "/keys{/key_id}"},
    {"labels_url", "/labels{/name}"},
    {"languages_url", "/languages"},
    {"merges_url", "/merges"},
    {"milestones_url", "/milestones{/number}"},
    {"notifications_url", "/notifications{?since,all,participating}"},
    {"pulls_url", "/pulls{/number}"},
    {"releases_url", "/releases{/id}"},
    {"stargazers_url", "/stargazers"},
    {"statuses_url", "/statuses/{sha}"},
    {"subscribers_url", "/subscribers"},
    {"subscription_url", "/subscription"},
    {"tags_url", "/tags"},
    {"teams_url", "/teams"},
    {"trees_url", "/git/trees{/sha}"},
  };

  private final Links links;
  private final AccountShape accounts;
  private final State state;

  RepositoryShape(Links links, AccountShape accounts, State state) {
    this.links = links;
    this.accounts = accounts;
    this.state = state;
  }

  public ObjectNode minimal(Repo repo) {
    String api = links.api(repo);
    ObjectNode shape =
        Json.object()
            .put("id", repo.id())
            .put("node_id", Json.nodeId("Repository", repo.id()))
            .put("name", repo.name())
            .put("full_name", repo.fullName())
            .put("private", repo.hidden());
    shape.set("owner", accounts.simple(repo.owner()));
    shape
        .put("html_url", links.page(repo))
        .put("description", repo.description())
        .put("fork", false)
        .put("url", api);
    for (String[] template : TEMPLATES) {
      shape.put(template[0], api + template[1]);
    }
    return shape;
  }

  /** The long form as somebody with that permission sees it. */
  public ObjectNode full(Repo repo, Permission permission) {
    long pulls = state.pulls().of(repo.id()).stream().filter(Pull::open).count();
    String git = links.git(repo);
    ObjectNode shape =
        minimal(repo)
            .put("created_at", repo.createdAt().toString())
            .put("updated_at", repo.updatedAt().toString())
            .put("pushed_at", repo.pushedAt().toString())
            .put("git_url", git)
            .put("ssh_url", git)
            .put("clone_url", git)
            .put("svn_url", links.page(repo))
            .putNull("mirror_url")
            .putNull("homepage")
            .putNull("language")
            .putNull("license")
            .put("size", 0)
            .put("stargazers_count", 0)
            .put("watchers_count", 0)
            .put("forks_count", 0)
            .put("forks", 0)
            .put("watchers", 0)
            .put("open_issues_count", pulls)
            .put("open_issues", pulls)
            .put("network_count", 0)
            .put("subscribers_count", 0)
            .put("has_issues", true)
            .put("has_projects", false)
            .put("has_downloads", false)
            .put("has_wiki", false)
            .put("has_pages", false)
            .put("has_discussions", false)
            .put("allow_squash_merge", true)
            .put("allow_merge_commit", true)
            .put("allow_rebase_merge", true)
            .put("delete_branch_on_merge", false)
            .put("archived", repo.archived())
            .put("disabled", false)
            .put("visibility", repo.hidden() ? "private" : "public")
            .put("default_branch", repo.defaultBranch());
    shape.set("topics", Json.array());
    shape.set("permissions", AccountShape.permissions(permission));
    JsonNode owner = shape.get("owner");
    if ("Organization".equals(owner.path("type").asString(""))) {
      shape.set("organization", owner.deepCopy());
    }
    return shape;
  }

  /** As in webhooks: no permissions. */
  public ObjectNode event(Repo repo) {
    ObjectNode shape = full(repo, Permission.NONE);
    shape.remove("permissions");
    shape.remove("organization");
    return shape;
  }

  /** As in the webhook of a push, which differs from all others in times, owner and address. */
  public ObjectNode push(Repo repo) {
    ObjectNode shape =
        event(repo)
            .put("url", links.page(repo))
            .put("created_at", repo.createdAt().getEpochSecond())
            .put("pushed_at", seconds(repo.pushedAt()))
            .put("stargazers", 0)
            .put("master_branch", repo.defaultBranch());
    if (shape.get("owner") instanceof ObjectNode owner) {
      owner.put("name", repo.owner());
      owner.put("email", state.account(repo.owner()).map(a -> a.email()).orElse(null));
    }
    return shape;
  }

  private static long seconds(Instant instant) {
    return instant.getEpochSecond();
  }
}

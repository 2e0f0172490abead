package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.git.GitTrees;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.state.Comment;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Pull;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import tools.jackson.databind.node.ObjectNode;

/** Pull requests and the comments on them. */
public final class PullShape {

  private final Links links;
  private final AccountShape accounts;
  private final RepositoryShape repositories;
  private final Repositories git;
  private final State state;

  PullShape(
      Links links,
      AccountShape accounts,
      RepositoryShape repositories,
      Repositories git,
      State state) {
    this.links = links;
    this.accounts = accounts;
    this.repositories = repositories;
    this.git = git;
    this.state = state;
  }

  /** As in lists. */
  public ObjectNode simple(Repo repo, Pull pull) {
    String api = links.api(repo);
    String url = api + "/pulls/" + pull.number();
    String issue = api + "/issues/" + pull.number();
    String page = links.page(repo) + "/pull/" + pull.number();
    ObjectNode shape =
        Json.object()
            .put("url", url)
            .put("id", pull.id())
            .put("node_id", Json.nodeId("PullRequest", pull.id()))
            .put("html_url", page)
            .put("diff_url", page + ".diff")
            .put("patch_url", page + ".patch")
            .put("issue_url", issue)
            .put("number", pull.number())
            .put("state", pull.open() ? "open" : "closed")
            .put("locked", false)
            .put("title", pull.title())
            .put("body", pull.body())
            .put("created_at", pull.createdAt().toString())
            .put("updated_at", pull.updatedAt().toString())
            .put("closed_at", pull.closedAt() == null ? null : pull.closedAt().toString())
            .put("merged_at", pull.mergedAt() == null ? null : pull.mergedAt().toString())
            .put("merge_commit_sha", pull.mergedAt() == null ? null : pull.headSha())
            .putNull("assignee")
            .putNull("milestone")
            .put("draft", pull.draft())
            .put("commits_url", url + "/commits")
            .put("review_comments_url", url + "/comments")
            .put("review_comment_url", api + "/pulls/comments{/number}")
            .put("comments_url", issue + "/comments")
            .put("statuses_url", api + "/statuses/" + pull.headSha())
            .put(
                "author_association",
                repo.owner().equalsIgnoreCase(pull.author()) ? "OWNER" : "COLLABORATOR")
            .putNull("auto_merge")
            .putNull("active_lock_reason");
    shape.set("user", accounts.simple(pull.author()));
    for (String list : List.of("assignees", "requested_reviewers", "requested_teams", "labels")) {
      shape.set(list, Json.array());
    }
    shape.set("head", side(repo, pull.head(), pull.headSha()));
    shape.set("base", side(repo, pull.base(), pull.baseSha()));
    ObjectNode hrefs = shape.putObject("_links");
    hrefs.set("self", href(url));
    hrefs.set("html", href(page));
    hrefs.set("issue", href(issue));
    hrefs.set("comments", href(issue + "/comments"));
    hrefs.set("review_comments", href(url + "/comments"));
    hrefs.set("review_comment", href(api + "/pulls/comments{/number}"));
    hrefs.set("commits", href(url + "/commits"));
    hrefs.set("statuses", href(api + "/statuses/" + pull.headSha()));
    return shape;
  }

  public ObjectNode full(Repo repo, Pull pull) {
    GitReader reader = git.reader(repo);
    Optional<GitReader.Comparison> comparison =
        reader
            .commit(ObjectId.fromString(pull.baseSha()))
            .flatMap(
                base ->
                    reader
                        .commit(ObjectId.fromString(pull.headSha()))
                        .flatMap(head -> reader.compare(base, head)));
    List<GitTrees.Change> changes =
        comparison
            .map(found -> git.trees(repo).changes(found.mergeBase(), found.head()))
            .orElse(List.of());
    long comments =
        state.comments().of(repo.id()).stream().filter(c -> c.issue() == pull.number()).count();
    return simple(repo, pull)
        .put("merged", pull.mergedAt() != null)
        .put("mergeable", pull.open() ? Boolean.TRUE : null)
        .put("rebaseable", pull.open() ? Boolean.TRUE : null)
        .put("mergeable_state", pull.open() ? "clean" : "unknown")
        .putNull("merged_by")
        .put("comments", comments)
        .put("review_comments", 0)
        .put("maintainer_can_modify", false)
        .put("commits", comparison.map(found -> found.ahead().size()).orElse(0))
        .put("additions", changes.stream().mapToInt(GitTrees.Change::additions).sum())
        .put("deletions", changes.stream().mapToInt(GitTrees.Change::deletions).sum())
        .put("changed_files", changes.size());
  }

  public ObjectNode comment(Repo repo, Comment comment) {
    String issues = links.api(repo) + "/issues";
    ObjectNode shape =
        Json.object()
            .put("url", issues + "/comments/" + comment.id())
            .put(
                "html_url",
                links.page(repo) + "/pull/" + comment.issue() + "#issuecomment-" + comment.id())
            .put("issue_url", issues + "/" + comment.issue())
            .put("id", comment.id())
            .put("node_id", Json.nodeId("IssueComment", comment.id()))
            .put("created_at", comment.createdAt().toString())
            .put("updated_at", comment.updatedAt().toString())
            .put("author_association", "COLLABORATOR")
            .put("body", comment.body());
    shape.set("user", accounts.simple(comment.author()));
    return shape;
  }

  private ObjectNode side(Repo repo, String branch, String sha) {
    ObjectNode shape =
        Json.object().put("label", repo.owner() + ":" + branch).put("ref", branch).put("sha", sha);
    shape.set("user", accounts.simple(repo.owner()));
    ObjectNode full = repositories.full(repo, Permission.NONE);
    full.remove("permissions");
    shape.set("repo", full);
    return shape;
  }

  private static ObjectNode href(String url) {
    return Json.object().put("href", url);
  }
}

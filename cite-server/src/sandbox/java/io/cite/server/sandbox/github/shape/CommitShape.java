package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.git.GitTrees;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commits, refs and comparisons. */
public final class CommitShape {

  private final Links links;
  private final AccountShape accounts;
  private final Repositories repositories;

  CommitShape(Links links, AccountShape accounts, Repositories repositories) {
    this.links = links;
    this.accounts = accounts;
    this.repositories = repositories;
  }

  public ObjectNode commit(Repo repo, RevCommit commit) {
    String sha = commit.name();
    String api = links.api(repo);
    ObjectNode inner = Json.object();
    inner.set("author", ident(commit.getAuthorIdent()));
    inner.set("committer", ident(commit.getCommitterIdent()));
    inner.put("message", stripped(commit));
    inner.set("tree", tree(repo, commit));
    inner
        .put("url", api + "/git/commits/" + sha)
        .put("comment_count", 0)
        .set(
            "verification",
            Json.object()
                .put("verified", false)
                .put("reason", "unsigned")
                .putNull("signature")
                .putNull("payload")
                .putNull("verified_at"));
    ObjectNode shape =
        Json.object().put("sha", sha).put("node_id", Json.nodeId("Commit", repo.id() + ":" + sha));
    shape.set("commit", inner);
    shape
        .put("url", api + "/commits/" + sha)
        .put("html_url", page(repo, commit))
        .put("comments_url", api + "/commits/" + sha + "/comments");
    shape.set("author", accounts.byEmail(commit.getAuthorIdent().getEmailAddress()));
    shape.set("committer", accounts.byEmail(commit.getCommitterIdent().getEmailAddress()));
    ArrayNode parents = shape.putArray("parents");
    for (RevCommit parent : commit.getParents()) {
      parents.add(
          Json.object()
              .put("sha", parent.name())
              .put("url", api + "/commits/" + parent.name())
              .put("html_url", page(repo, parent)));
    }
    return shape;
  }

  /** With the files that it changed, as a single commit is answered. */
  public ObjectNode detailed(Repo repo, RevCommit commit) {
    List<GitTrees.Change> changes = repositories.trees(repo).changes(commit);
    int additions = changes.stream().mapToInt(GitTrees.Change::additions).sum();
    int deletions = changes.stream().mapToInt(GitTrees.Change::deletions).sum();
    ObjectNode shape = commit(repo, commit);
    shape.set(
        "stats",
        Json.object()
            .put("total", additions + deletions)
            .put("additions", additions)
            .put("deletions", deletions));
    shape.set("files", files(repo, commit, changes));
    return shape;
  }

  public ArrayNode files(Repo repo, RevCommit at, List<GitTrees.Change> changes) {
    return Json.array(
        changes,
        change -> {
          String path = Links.path(change.path());
          return Json.object()
              .put("sha", change.blob().name())
              .put("filename", change.path())
              .put("status", change.status())
              .put("additions", change.additions())
              .put("deletions", change.deletions())
              .put("changes", change.additions() + change.deletions())
              .put("blob_url", links.page(repo) + "/blob/" + at.name() + "/" + path)
              .put("raw_url", links.page(repo) + "/raw/" + at.name() + "/" + path)
              .put("contents_url", links.api(repo) + "/contents/" + path + "?ref=" + at.name());
        });
  }

  /** A branch as lists of branches and status webhooks carry it. */
  public ObjectNode branch(Repo repo, Ref ref, boolean withProtection) {
    String sha = Objects.requireNonNull(ref.getObjectId()).name();
    String name = org.eclipse.jgit.lib.Repository.shortenRefName(ref.getName());
    ObjectNode shape = Json.object().put("name", name);
    shape.set(
        "commit", Json.object().put("sha", sha).put("url", links.api(repo) + "/commits/" + sha));
    shape.put("protected", false);
    if (withProtection) {
      protection(repo, name, shape);
    }
    return shape;
  }

  /** A branch by itself, with its whole head commit. */
  public ObjectNode branch(Repo repo, Ref ref, RevCommit head) {
    String name = org.eclipse.jgit.lib.Repository.shortenRefName(ref.getName());
    ObjectNode shape = Json.object().put("name", name);
    shape.set("commit", commit(repo, head));
    shape.set(
        "_links",
        Json.object()
            .put("self", links.api(repo) + "/branches/" + Links.segment(name))
            .put("html", links.page(repo) + "/tree/" + Links.path(name)));
    shape.put("protected", false);
    protection(repo, name, shape);
    return shape;
  }

  public ObjectNode ref(Repo repo, Ref ref, boolean annotated) {
    String sha = Objects.requireNonNull(ref.getObjectId()).name();
    String kind = annotated ? "tag" : "commit";
    ObjectNode shape =
        Json.object()
            .put("ref", ref.getName())
            .put("node_id", Json.nodeId("Ref", repo.id() + ":" + ref.getName()))
            .put("url", links.api(repo) + "/git/" + Links.path(ref.getName()));
    shape.set(
        "object",
        Json.object()
            .put("sha", sha)
            .put("type", kind)
            .put("url", links.api(repo) + "/git/" + kind + "s/" + sha));
    return shape;
  }

  public String page(Repo repo, ObjectId commit) {
    return links.page(repo) + "/commit/" + commit.name();
  }

  /** The message as GitHub shows it: without the line break at its end. */
  public static String stripped(RevCommit commit) {
    return commit.getFullMessage().stripTrailing();
  }

  private void protection(Repo repo, String name, ObjectNode shape) {
    ObjectNode protection = Json.object().put("enabled", false);
    ObjectNode checks = Json.object().put("enforcement_level", "off");
    checks.set("contexts", Json.array());
    checks.set("checks", Json.array());
    protection.set("required_status_checks", checks);
    shape.set("protection", protection);
    shape.put(
        "protection_url", links.api(repo) + "/branches/" + Links.segment(name) + "/protection");
  }

  private ObjectNode tree(Repo repo, RevCommit commit) {
    String sha = commit.getTree().name();
    return Json.object().put("sha", sha).put("url", links.api(repo) + "/git/trees/" + sha);
  }

  private static ObjectNode ident(PersonIdent ident) {
    return Json.object()
        .put("name", ident.getName())
        .put("email", ident.getEmailAddress())
        .put("date", ident.getWhenAsInstant().toString());
  }
}

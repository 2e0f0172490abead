package io.cite.server.sandbox.github.event;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.git.GitTrees;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.shape.CommitShape;
import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.shape.Shapes;
import io.cite.server.sandbox.github.state.Repo;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of a push webhook that tells of refs and commits. */
final class PushPayload {

  private static final int MAX_COMMITS = 2_048;

  private final Shapes shapes;
  private final GitReader reader;
  private final GitTrees trees;

  PushPayload(Shapes shapes, GitReader reader, GitTrees trees) {
    this.shapes = shapes;
    this.reader = reader;
    this.trees = trees;
  }

  ObjectNode of(Repo repo, RefChange change) {
    Optional<RevCommit> head = change.deleted() ? Optional.empty() : reader.commit(change.after());
    List<RevCommit> commits =
        change.tag() ? List.of() : head.map(commit -> arrived(change, commit)).orElse(List.of());
    ObjectNode payload =
        Json.object()
            .put("ref", change.ref())
            .put("before", change.before().name())
            .put("after", change.after().name())
            .put("created", change.created())
            .put("deleted", change.deleted())
            .put("forced", change.forced())
            .put("base_ref", baseRef(change))
            .put("compare", compare(repo, change));
    payload.set(
        "commits",
        Json.array(
            commits.subList(Math.max(0, commits.size() - MAX_COMMITS), commits.size()),
            commit -> commit(repo, commit)));
    if (head.isPresent()) {
      payload.set("head_commit", commit(repo, head.get()));
    } else {
      payload.set("head_commit", NullNode.getInstance());
    }
    return payload;
  }

  /** Commits that this push brought: for a new branch, those that no other branch has. */
  private List<RevCommit> arrived(RefChange change, RevCommit head) {
    if (!change.created()) {
      return reader.between(change.before(), head);
    }
    List<ObjectId> others =
        reader.branches().stream()
            .filter(branch -> !branch.getName().equals(change.ref()))
            .map(Ref::getObjectId)
            .toList();
    return reader.between(others, head);
  }

  private @Nullable String baseRef(RefChange change) {
    if (!change.created()) {
      return null;
    }
    return reader.branches().stream()
        .filter(branch -> !branch.getName().equals(change.ref()))
        .filter(branch -> Objects.requireNonNull(branch.getObjectId()).equals(change.after()))
        .map(Ref::getName)
        .findFirst()
        .orElse(null);
  }

  private String compare(Repo repo, RefChange change) {
    String page = shapes.links().page(repo) + "/compare/";
    return change.created()
        ? page + change.shortName()
        : page
            + change.before().abbreviate(12).name()
            + "..."
            + change.after().abbreviate(12).name();
  }

  private ObjectNode commit(Repo repo, RevCommit commit) {
    ObjectNode shape =
        Json.object()
            .put("id", commit.name())
            .put("tree_id", commit.getTree().name())
            .put("distinct", true)
            .put("message", CommitShape.stripped(commit))
            .put("timestamp", time(commit.getCommitterIdent()))
            .put("url", shapes.commits().page(repo, commit));
    shape.set("author", person(commit.getAuthorIdent()));
    shape.set("committer", person(commit.getCommitterIdent()));
    List<GitTrees.Change> changes = trees.changes(commit);
    for (String status : List.of("added", "removed", "modified")) {
      shape.set(
          status,
          Json.strings(
              changes.stream()
                  .filter(change -> change.status().equals(status))
                  .map(GitTrees.Change::path)
                  .toList()));
    }
    return shape;
  }

  private ObjectNode person(PersonIdent ident) {
    ObjectNode shape =
        Json.object().put("name", ident.getName()).put("email", ident.getEmailAddress());
    shapes
        .accounts()
        .withEmail(ident.getEmailAddress())
        .ifPresent(account -> shape.put("username", account.login()));
    return shape;
  }

  private static String time(PersonIdent ident) {
    ZoneId zone = ident.getZoneId();
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ident.getWhenAsInstant().atZone(zone));
  }
}

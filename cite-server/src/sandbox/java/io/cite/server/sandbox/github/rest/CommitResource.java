package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.shape.CommitShape;
import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.shape.Links;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ObjectNode;

/** Commits and how they relate. */
final class CommitResource {

  private static final int COMPARED = 250;

  private final ApiContext api;

  CommitResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String repo = "/repos/{owner}/{repo}";
    routes.get(repo + "/commits", Access.READ, this::list);
    routes.get(repo + "/commits/{sha}/branches-where-head", Access.READ, this::branchesWhereHead);
    routes.get(repo + "/commits/<ref>", Access.READ, this::single);
    routes.get(repo + "/compare/<basehead>", Access.READ, this::compare);
  }

  private Reply list(Call call) {
    GitReader reader = reader(call);
    if (reader.branches().isEmpty()) {
      throw ApiError.of(409, "Git Repository is empty.");
    }
    RevCommit from =
        reader
            .resolve(call.query("sha").orElse(call.repo().defaultBranch()))
            .orElseThrow(ApiError::notFound);
    Paging paging = call.paging();
    List<RevCommit> found =
        reader.log(from, call.query("path").orElse(null), paging.skip(), paging.size() + 1);
    boolean more = found.size() > paging.size();
    List<RevCommit> shown = more ? found.subList(0, paging.size()) : found;
    // How many there are in all is not counted: the last page named is the next one.
    return paging.link(
        Reply.ok(Json.array(shown, commit -> shape().commit(call.repo(), commit))),
        more ? paging.page() + 1 : paging.page());
  }

  private Reply single(Call call) {
    String ref = call.param("ref");
    RevCommit commit =
        reader(call)
            .resolve(ref)
            .orElseThrow(() -> ApiError.of(422, "No commit found for SHA: " + ref));
    if (call.accepts("vnd.github.sha") || call.accepts("vnd.github.v3.sha")) {
      return Reply.raw(commit.name().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return Reply.ok(shape().detailed(call.repo(), commit));
  }

  private Reply branchesWhereHead(Call call) {
    RevCommit commit =
        reader(call)
            .resolve(call.param("sha"))
            .orElseThrow(() -> ApiError.of(422, "No commit found for SHA: " + call.param("sha")));
    return Reply.ok(
        Json.array(
            reader(call).branches().stream()
                .filter(branch -> Objects.requireNonNull(branch.getObjectId()).equals(commit))
                .toList(),
            branch -> shape().branch(call.repo(), branch, false)));
  }

  private Reply compare(Call call) {
    String[] sides = call.param("basehead").split("\\.\\.\\.", 2);
    if (sides.length < 2) {
      throw ApiError.notFound();
    }
    Repo repo = call.repo();
    GitReader reader = reader(call);
    RevCommit base = side(reader, repo, sides[0]);
    RevCommit head = side(reader, repo, sides[1]);
    GitReader.Comparison found =
        reader
            .compare(base, head)
            .orElseThrow(
                () ->
                    ApiError.of(
                        404, "No common ancestor between " + sides[0] + " and " + sides[1] + "."));
    String address = Links.segment(sides[0]) + "..." + Links.segment(sides[1]);
    String page = api.shapes().links().page(repo) + "/compare/";
    ObjectNode body =
        Json.object()
            .put("url", api.shapes().links().api(repo) + "/compare/" + address)
            .put("html_url", page + address)
            .put("permalink_url", page + base.name() + "..." + head.name())
            .put("diff_url", page + address + ".diff")
            .put("patch_url", page + address + ".patch");
    body.set("base_commit", shape().commit(repo, base));
    body.set("merge_base_commit", shape().commit(repo, found.mergeBase()));
    body.put("status", found.status())
        .put("ahead_by", found.ahead().size())
        .put("behind_by", found.behind())
        .put("total_commits", found.ahead().size());
    List<RevCommit> listed =
        found.ahead().subList(Math.max(0, found.ahead().size() - COMPARED), found.ahead().size());
    body.set("commits", Json.array(listed, commit -> shape().commit(repo, commit)));
    body.set(
        "files",
        shape()
            .files(repo, head, api.repositories().trees(repo).changes(found.mergeBase(), head)));
    return Reply.ok(body);
  }

  /** A side may name the owner, as in {@code owner:branch}; forks there are none. */
  private static RevCommit side(GitReader reader, Repo repo, String text) {
    String own = repo.owner() + ":";
    String ref = text.startsWith(own) ? text.substring(own.length()) : text;
    return reader.resolve(ref).orElseThrow(ApiError::notFound);
  }

  private GitReader reader(Call call) {
    return api.repositories().reader(call.repo());
  }

  private CommitShape shape() {
    return api.shapes().commits();
  }
}

package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.git.GitTrees;
import io.cite.server.sandbox.github.git.GitWriter;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.shape.Links;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Repo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;
import tools.jackson.databind.node.ObjectNode;

/** Files and directories. */
final class ContentResource {

  private final ApiContext api;

  ContentResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String repo = "/repos/{owner}/{repo}";
    routes.get(repo + "/contents", Access.READ, call -> show(call, ""));
    routes.get(repo + "/contents/", Access.READ, call -> show(call, ""));
    routes.get(repo + "/contents/<path>", Access.READ, call -> show(call, path(call)));
    routes.put(repo + "/contents/<path>", Access.PUSH, call -> write(call, false));
    routes.delete(repo + "/contents/<path>", Access.PUSH, call -> write(call, true));
    routes.get("/{owner}/{repo}/raw/{ref}/<path>", Access.READ, this::raw);
  }

  private Reply show(Call call, String path) {
    Repo repo = call.repo();
    String ref = call.query("ref").orElse(repo.defaultBranch());
    RevCommit commit =
        reader(repo)
            .resolve(ref)
            .orElseThrow(
                () ->
                    call.query("ref").isPresent()
                        ? ApiError.of(404, "No commit found for the ref " + ref)
                        : ApiError.of(404, "This repository is empty."));
    GitTrees trees = api.repositories().trees(repo);
    GitTrees.Entry entry = trees.find(commit, path).orElseThrow(ApiError::notFound);
    if (entry.type().equals("dir")) {
      return Reply.ok(Json.array(trees.list(entry), item -> shape(repo, item, ref)));
    }
    if (call.accepts(".raw") && entry.type().equals("file")) {
      return Reply.raw(trees.read(entry));
    }
    return Reply.ok(withContent(repo, entry, ref));
  }

  private Reply raw(Call call) {
    RevCommit commit =
        reader(call.repo()).resolve(call.param("ref")).orElseThrow(ApiError::notFound);
    GitTrees trees = api.repositories().trees(call.repo());
    return trees
        .find(commit, path(call))
        .filter(entry -> entry.type().equals("file"))
        .map(entry -> Reply.raw(trees.read(entry)))
        .orElseThrow(ApiError::notFound);
  }

  private Reply write(Call call, boolean remove) {
    Repo repo = call.repo();
    Body body = call.body();
    String path = path(call);
    String message = body.required("Content", "message");
    String branch = body.text("branch", repo.defaultBranch());
    Optional<RevCommit> head =
        reader(repo).branch(branch).flatMap(r -> reader(repo).commit(Objects.requireNonNull(r.getObjectId())));
    if (head.isEmpty() && !reader(repo).branches().isEmpty()) {
      throw ApiError.of(404, "Branch " + branch + " not found");
    }
    GitTrees trees = api.repositories().trees(repo);
    Optional<GitTrees.Entry> old = head.flatMap(commit -> trees.find(commit, path));
    checkKnown(old, body, path, remove);
    byte[] content = remove ? new byte[0] : decoded(body.required("Content", "content"));
    Account by = call.viewer();
    RefChange change =
        api
            .repositories()
            .writer(repo)
            .commit(
                branch,
                Optional.empty(),
                remove ? Map.of() : Map.of(path, content),
                remove ? List.of(path) : List.of(),
                message,
                new GitWriter.Author(by.login(), by.email(), api.clock().instant()));
    api.pushes().after(repo, List.of(change), by);
    RevCommit commit = reader(repo).commit(change.after()).orElseThrow();
    ObjectNode answer = Json.object();
    answer.set(
        "content",
        trees
            .find(commit, path)
            .<tools.jackson.databind.JsonNode>map(entry -> shape(repo, entry, branch))
            .orElse(tools.jackson.databind.node.NullNode.getInstance()));
    ObjectNode commitBody = api.shapes().commits().commit(repo, commit);
    if (commitBody.remove("commit") instanceof ObjectNode inner) {
      commitBody.setAll(inner.without(List.of("url", "comment_count")));
    }
    answer.set("commit", commitBody);
    return old.isPresent() ? Reply.ok(answer) : Reply.created(answer);
  }

  private static void checkKnown(
      Optional<GitTrees.Entry> old, Body body, String path, boolean remove) {
    if (old.isEmpty() && remove) {
      throw ApiError.notFound();
    }
    if (old.isPresent()) {
      String known =
          body.text("sha")
              .orElseThrow(() -> ApiError.of(422, "Invalid request.\n\n\"sha\" wasn't supplied."));
      if (!known.equals(old.get().id().name())) {
        throw ApiError.of(409, path + " does not match " + known);
      }
    }
  }

  private static byte[] decoded(String content) {
    try {
      return Base64.getMimeDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw ApiError.of(422, "content is not valid Base64");
    }
  }

  private ObjectNode withContent(Repo repo, GitTrees.Entry entry, String ref) {
    ObjectNode shape = shape(repo, entry, ref);
    byte[] content =
        entry.type().equals("submodule")
            ? new byte[0]
            : api.repositories().trees(repo).read(entry);
    switch (entry.type()) {
      case "file" ->
          shape
              .put(
                  "content",
                  Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(content) + "\n")
              .put("encoding", "base64");
      case "symlink" -> shape.put("target", new String(content, StandardCharsets.UTF_8));
      default -> shape.putNull("submodule_git_url");
    }
    return shape;
  }

  private ObjectNode shape(Repo repo, GitTrees.Entry entry, String ref) {
    Links links = api.shapes().links();
    String path = Links.path(entry.path());
    String url = links.api(repo) + "/contents/" + path + "?ref=" + Links.segment(ref);
    boolean directory = entry.type().equals("dir");
    String git = links.api(repo) + "/git/" + (directory ? "trees/" : "blobs/") + entry.id().name();
    String page =
        links.page(repo) + (directory ? "/tree/" : "/blob/") + Links.path(ref) + "/" + path;
    ObjectNode shape =
        Json.object()
            .put("name", entry.name())
            .put("path", entry.path())
            .put("sha", entry.id().name())
            .put("size", entry.size())
            .put("url", url)
            .put("html_url", page)
            .put("git_url", git)
            .put(
                "download_url",
                entry.type().equals("file")
                    ? links.page(repo) + "/raw/" + Links.segment(ref) + "/" + path
                    : null)
            .put("type", entry.type());
    shape.set("_links", Json.object().put("self", url).put("git", git).put("html", page));
    return shape;
  }

  private static String path(Call call) {
    return call.param("path").replaceAll("^/+|/+$", "");
  }

  private GitReader reader(Repo repo) {
    return api.repositories().reader(repo);
  }
}

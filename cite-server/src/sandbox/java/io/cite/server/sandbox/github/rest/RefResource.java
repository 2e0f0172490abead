package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.shape.CommitShape;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import tools.jackson.databind.node.ObjectNode;

/** Branches and git refs. */
final class RefResource {

  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

  private final ApiContext api;

  RefResource(ApiContext api) {
    this.api = api;
  }

  void register(Routes routes) {
    String repo = "/repos/{owner}/{repo}";
    routes.get(
        repo + "/branches",
        Access.READ,
        call ->
            call.page(reader(call).branches(), ref -> commits().branch(call.repo(), ref, true)));
    routes.get(repo + "/branches/<branch>", Access.READ, this::branch);
    routes.get(
        repo + "/git/ref/<ref>",
        Access.READ,
        call ->
            reader(call)
                .ref("refs/" + call.param("ref"))
                .map(ref -> Reply.ok(shape(call.repo(), ref)))
                .orElseThrow(ApiError::notFound));
    routes.get(repo + "/git/matching-refs/<ref>", Access.READ, this::matching);
    routes.get(
        repo + "/git/refs",
        Access.READ,
        call -> call.page(reader(call).refs("refs/"), ref -> shape(call.repo(), ref)));
    routes.get(repo + "/git/refs/<ref>", Access.READ, this::exactOrMatching);
    routes.post(repo + "/git/refs", Access.PUSH, this::create);
    routes.patch(repo + "/git/refs/<ref>", Access.PUSH, this::move);
    routes.delete(repo + "/git/refs/<ref>", Access.PUSH, this::delete);
  }

  private Reply branch(Call call) {
    Ref ref = reader(call).branch(call.param("branch")).orElseThrow(RefResource::noBranch);
    return reader(call)
        .commit(Objects.requireNonNull(ref.getObjectId()))
        .map(head -> Reply.ok(commits().branch(call.repo(), ref, head)))
        .orElseThrow(RefResource::noBranch);
  }

  /** The older form of both reads, which clients still use. */
  private Reply exactOrMatching(Call call) {
    String name = "refs/" + call.param("ref");
    var exact = reader(call).ref(name);
    if (exact.isPresent()) {
      return Reply.ok(shape(call.repo(), exact.get()));
    }
    if (reader(call).refs(name).isEmpty()) {
      throw ApiError.notFound();
    }
    return matching(call);
  }

  private Reply matching(Call call) {
    return call.page(
        reader(call).refs("refs/" + call.param("ref")), ref -> shape(call.repo(), ref));
  }

  private Reply create(Call call) {
    Body body = call.body();
    String name = body.required("Reference", "ref");
    ObjectId sha = existing(call, body);
    if (!name.startsWith("refs/")
        || name.split("/").length < 3
        || !Repository.isValidRefName(name)) {
      throw ApiError.of(422, "Reference name must start with 'refs/' and have two slashes.");
    }
    if (reader(call).ref(name).isPresent()) {
      throw ApiError.of(422, "Reference already exists");
    }
    update(call, name, ObjectId.zeroId(), sha);
    return Reply.created(shape(call.repo(), reader(call).ref(name).orElseThrow()));
  }

  private Reply move(Call call) {
    Body body = call.body();
    String name = "refs/" + call.param("ref");
    Ref ref =
        reader(call).ref(name).orElseThrow(() -> ApiError.of(422, "Reference does not exist"));
    ObjectId sha = existing(call, body);
    if (!body.flag("force", false) && !reader(call).contains(sha, Objects.requireNonNull(ref.getObjectId()))) {
      throw ApiError.of(422, "Update is not a fast forward");
    }
    update(call, name, Objects.requireNonNull(ref.getObjectId()), sha);
    return Reply.ok(shape(call.repo(), reader(call).ref(name).orElseThrow()));
  }

  private Reply delete(Call call) {
    String name = "refs/" + call.param("ref");
    Ref ref =
        reader(call).ref(name).orElseThrow(() -> ApiError.of(422, "Reference does not exist"));
    if (name.equals("refs/heads/" + call.repo().defaultBranch())) {
      throw ApiError.of(422, "Cannot delete the default branch");
    }
    update(call, name, Objects.requireNonNull(ref.getObjectId()), ObjectId.zeroId());
    return Reply.none();
  }

  private void update(Call call, String name, ObjectId before, ObjectId after) {
    RefChange change = api.repositories().writer(call.repo()).update(name, before, after);
    api.pushes().after(call.repo(), List.of(change), call.viewer());
  }

  private ObjectId existing(Call call, Body body) {
    String sha = body.required("Reference", "sha");
    return Optional.of(sha)
        .filter(text -> SHA.matcher(text).matches())
        .map(ObjectId::fromString)
        .filter(id -> reader(call).commit(id).isPresent())
        .orElseThrow(() -> ApiError.of(422, "Object does not exist"));
  }

  private ObjectNode shape(Repo repo, Ref ref) {
    boolean annotated =
        api
            .repositories()
            .reader(repo)
            .commit(Objects.requireNonNull(ref.getObjectId()))
            .map(commit -> !commit.toObjectId().equals(ref.getObjectId()))
            .orElse(false);
    return commits().ref(repo, ref, annotated);
  }

  private GitReader reader(Call call) {
    return api.repositories().reader(call.repo());
  }

  private CommitShape commits() {
    return api.shapes().commits();
  }

  private static ApiError noBranch() {
    return ApiError.of(404, "Branch not found");
  }
}

package io.cite.server.sandbox.github.event;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.shape.Shapes;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.CommitStatus;
import io.cite.server.sandbox.github.state.Deployment;
import io.cite.server.sandbox.github.state.DeploymentStatus;
import io.cite.server.sandbox.github.state.Hook;
import io.cite.server.sandbox.github.state.Pull;
import io.cite.server.sandbox.github.state.Repo;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import tools.jackson.databind.node.ObjectNode;

/** What happened, delivered to the hooks in GitHub's words. Thread-safe. */
public final class Events {

  private static final int MAX_BRANCHES = 10;

  private final Shapes shapes;
  private final Repositories repositories;
  private final WebhookSender sender;

  public Events(Shapes shapes, Repositories repositories, WebhookSender sender) {
    this.shapes = shapes;
    this.repositories = repositories;
    this.sender = sender;
  }

  /** Greets one hook. */
  public void ping(Repo repo, Hook hook, Account by) {
    ObjectNode payload =
        Json.object().put("zen", "Keep it logically awesome.").put("hook_id", hook.id());
    payload.set("hook", shapes.hooks().hook(repo, hook));
    sender.tell(hook, "ping", null, concerning(payload, repo, by));
  }

  /** Tells one hook of a push as if it had just happened. */
  public void test(Repo repo, Hook hook, RefChange change, Account by) {
    sender.tell(hook, "push", null, push(repo, change, by));
  }

  public void pushed(Repo repo, RefChange change, Account by) {
    sender.publish(repo, "push", null, push(repo, change, by));
    if (change.created() || change.deleted()) {
      ObjectNode payload =
          Json.object()
              .put("ref", change.shortName())
              .put("ref_type", change.tag() ? "tag" : "branch");
      if (change.created()) {
        payload.put("master_branch", repo.defaultBranch()).put("description", repo.description());
      }
      payload.put("pusher_type", "user");
      sender.publish(
          repo, change.created() ? "create" : "delete", null, concerning(payload, repo, by));
    }
  }

  public void status(Repo repo, CommitStatus status, Account by) {
    GitReader reader = repositories.reader(repo);
    ObjectId commit = ObjectId.fromString(status.sha());
    ObjectNode payload =
        Json.object()
            .put("id", status.id())
            .put("sha", status.sha())
            .put("name", repo.fullName())
            .put("target_url", status.targetUrl())
            .put("context", status.context())
            .put("description", status.description())
            .put("state", status.state());
    reader
        .commit(commit)
        .ifPresent(found -> payload.set("commit", shapes.commits().commit(repo, found)));
    payload.set(
        "branches",
        Json.array(
            reader.branches().stream()
                .filter(branch -> reader.contains(Objects.requireNonNull(branch.getObjectId()), commit))
                .limit(MAX_BRANCHES)
                .toList(),
            branch -> shapes.commits().branch(repo, branch, false)));
    payload
        .put("created_at", status.createdAt().toString())
        .put("updated_at", status.createdAt().toString());
    sender.publish(repo, "status", null, concerning(payload, repo, by));
  }

  public void deployment(Repo repo, Deployment deployment, Account by) {
    ObjectNode payload = Json.object().put("action", "created");
    payload.set("deployment", shapes.deployments().deployment(repo, deployment));
    payload.putNull("workflow").putNull("workflow_run");
    sender.publish(repo, "deployment", "created", concerning(payload, repo, by));
  }

  public void deploymentStatus(
      Repo repo, Deployment deployment, DeploymentStatus status, Account by) {
    ObjectNode payload = Json.object().put("action", "created");
    payload.set("deployment_status", shapes.deployments().status(repo, status));
    payload.set("deployment", shapes.deployments().deployment(repo, deployment));
    payload.putNull("check_run").putNull("workflow").putNull("workflow_run");
    sender.publish(repo, "deployment_status", "created", concerning(payload, repo, by));
  }

  /**
   * @param more what the action adds, such as {@code before} and {@code after}
   */
  public void pull(Repo repo, Pull pull, String action, Map<String, String> more, Account by) {
    ObjectNode payload = Json.object().put("action", action).put("number", pull.number());
    payload.set("pull_request", shapes.pulls().full(repo, pull));
    more.forEach(payload::put);
    sender.publish(repo, "pull_request", action, concerning(payload, repo, by));
  }

  /** Tells that a repository has another name. */
  public void renamed(Repo repo, String from, Account by) {
    ObjectNode payload = Json.object().put("action", "renamed");
    ObjectNode name = Json.object();
    name.set("name", Json.object().put("from", from));
    payload.set("changes", Json.object().set("repository", name));
    sender.publish(repo, "repository", "renamed", concerning(payload, repo, by));
  }

  private ObjectNode push(Repo repo, RefChange change, Account by) {
    ObjectNode payload =
        new PushPayload(shapes, repositories.reader(repo), repositories.trees(repo))
            .of(repo, change);
    payload.set("repository", shapes.repositories().push(repo));
    payload.set("pusher", Json.object().put("name", by.login()).put("email", by.email()));
    payload.set("sender", shapes.accounts().simple(by));
    return payload;
  }

  private ObjectNode concerning(ObjectNode payload, Repo repo, Account by) {
    payload.set("repository", shapes.repositories().event(repo));
    payload.set("sender", shapes.accounts().simple(by));
    return payload;
  }
}

package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.state.CommitStatus;
import io.cite.server.sandbox.github.state.Repo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Commit statuses, one by one and combined. */
public final class StatusShape {

  private final Links links;
  private final AccountShape accounts;
  private final RepositoryShape repositories;

  StatusShape(Links links, AccountShape accounts, RepositoryShape repositories) {
    this.links = links;
    this.accounts = accounts;
    this.repositories = repositories;
  }

  public ObjectNode status(Repo repo, CommitStatus status) {
    ObjectNode shape = simple(repo, status);
    shape.set("creator", accounts.simple(status.creator()));
    return shape;
  }

  /**
   * @param newestFirst all statuses of the commit
   */
  public ObjectNode combined(Repo repo, String sha, List<CommitStatus> newestFirst) {
    List<CommitStatus> latest = latestByContext(newestFirst);
    ObjectNode shape = Json.object().put("state", state(latest));
    shape.set("statuses", Json.array(latest, status -> simple(repo, status)));
    shape.put("sha", sha).put("total_count", latest.size());
    shape.set("repository", repositories.minimal(repo));
    return shape
        .put("commit_url", links.api(repo) + "/commits/" + sha)
        .put("url", links.api(repo) + "/commits/" + sha + "/status");
  }

  /** The last word of each context; contexts differ by more than case. */
  public static List<CommitStatus> latestByContext(List<CommitStatus> newestFirst) {
    Map<String, CommitStatus> latest = new LinkedHashMap<>();
    newestFirst.forEach(
        status -> latest.putIfAbsent(status.context().toLowerCase(Locale.ROOT), status));
    return List.copyOf(latest.values());
  }

  private static String state(List<CommitStatus> latest) {
    if (latest.stream().anyMatch(s -> s.state().equals("error") || s.state().equals("failure"))) {
      return "failure";
    }
    boolean waiting = latest.stream().anyMatch(s -> s.state().equals("pending"));
    return latest.isEmpty() || waiting ? "pending" : "success";
  }

  private ObjectNode simple(Repo repo, CommitStatus status) {
    return Json.object()
        .put("url", links.api(repo) + "/statuses/" + status.sha())
        .put("avatar_url", links.base() + "/avatars/" + status.creator())
        .put("id", status.id())
        .put("node_id", Json.nodeId("StatusContext", status.id()))
        .put("state", status.state())
        .put("description", status.description())
        .put("target_url", status.targetUrl())
        .put("context", status.context())
        .put("created_at", status.createdAt().toString())
        .put("updated_at", status.createdAt().toString());
  }
}

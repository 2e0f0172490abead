package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.state.Deployment;
import io.cite.server.sandbox.github.state.DeploymentStatus;
import io.cite.server.sandbox.github.state.Environment;
import io.cite.server.sandbox.github.state.Repo;
import tools.jackson.databind.node.ObjectNode;

/** Deployments, their statuses and environments. */
public final class DeploymentShape {

  private final Links links;
  private final AccountShape accounts;

  DeploymentShape(Links links, AccountShape accounts) {
    this.links = links;
    this.accounts = accounts;
  }

  public ObjectNode deployment(Repo repo, Deployment deployment) {
    String url = url(repo, deployment.id());
    ObjectNode shape =
        Json.object()
            .put("url", url)
            .put("id", deployment.id())
            .put("node_id", Json.nodeId("Deployment", deployment.id()))
            .put("task", deployment.task())
            .put("original_environment", deployment.originalEnvironment())
            .put("environment", deployment.environment())
            .put("description", deployment.description())
            .put("created_at", deployment.createdAt().toString())
            .put("updated_at", deployment.updatedAt().toString())
            .put("statuses_url", url + "/statuses")
            .put("repository_url", links.api(repo))
            .put("sha", deployment.sha())
            .put("ref", deployment.ref())
            .put("transient_environment", deployment.transientEnvironment())
            .put("production_environment", deployment.productionEnvironment())
            .putNull("performed_via_github_app");
    shape.set("creator", accounts.simple(deployment.creator()));
    shape.set("payload", deployment.payload());
    return shape;
  }

  public ObjectNode status(Repo repo, DeploymentStatus status) {
    String deployment = url(repo, status.deployment());
    ObjectNode shape =
        Json.object()
            .put("url", deployment + "/statuses/" + status.id())
            .put("id", status.id())
            .put("node_id", Json.nodeId("DeploymentStatus", status.id()))
            .put("state", status.state())
            .put("description", status.description())
            .put("environment", status.environment())
            .put("target_url", status.logUrl())
            .put("created_at", status.createdAt().toString())
            .put("updated_at", status.createdAt().toString())
            .put("deployment_url", deployment)
            .put("repository_url", links.api(repo))
            .put("environment_url", status.environmentUrl())
            .put("log_url", status.logUrl())
            .putNull("performed_via_github_app");
    shape.set("creator", accounts.simple(status.creator()));
    return shape;
  }

  public ObjectNode environment(Repo repo, Environment environment) {
    String name = Links.segment(environment.name());
    ObjectNode shape =
        Json.object()
            .put("id", environment.id())
            .put("node_id", Json.nodeId("Environment", environment.id()))
            .put("name", environment.name())
            .put("url", links.api(repo) + "/environments/" + name)
            .put(
                "html_url",
                links.page(repo) + "/deployments/activity_log?environments_filter=" + name)
            .put("created_at", environment.createdAt().toString())
            .put("updated_at", environment.createdAt().toString());
    shape.set("protection_rules", Json.array());
    return shape.putNull("deployment_branch_policy");
  }

  private String url(Repo repo, long deployment) {
    return links.api(repo) + "/deployments/" + deployment;
  }
}

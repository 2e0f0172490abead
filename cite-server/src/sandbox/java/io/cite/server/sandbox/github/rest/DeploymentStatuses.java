package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Deployment;
import io.cite.server.sandbox.github.state.DeploymentStatus;
import io.cite.server.sandbox.github.state.Repo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The statuses of deployments and what one deployment's success means for the others. */
final class DeploymentStatuses {

  private static final Set<String> STATES =
      Set.of("error", "failure", "inactive", "in_progress", "queued", "pending", "success");
  private static final int DESCRIPTION = 140;

  private final ApiContext api;

  DeploymentStatuses(ApiContext api) {
    this.api = api;
  }

  /** Newest first. */
  List<DeploymentStatus> of(Deployment deployment) {
    return api.state().deploymentStatuses().newestOf(deployment.repository()).stream()
        .filter(status -> status.deployment() == deployment.id())
        .toList();
  }

  DeploymentStatus create(Repo repo, Deployment deployment, Body body, Account by) {
    String state = body.required("DeploymentStatus", "state");
    if (!STATES.contains(state)) {
      throw ApiError.field("DeploymentStatus", "state", "invalid");
    }
    String description = body.text("description", "");
    if (description.codePointCount(0, description.length()) > DESCRIPTION) {
      throw ApiError.invalid(
          "DeploymentStatus",
          "description is too long (maximum is " + DESCRIPTION + " characters)");
    }
    DeploymentStatus status;
    Deployment touched;
    synchronized (api.state()) {
      String environment =
          body.text("environment")
              .or(() -> of(deployment).stream().findFirst().map(DeploymentStatus::environment))
              .orElse(deployment.environment());
      touched =
          api
              .state()
              .deployments()
              .change(deployment.id(), row -> row.touched(environment, api.now()))
              .orElseThrow(ApiError::notFound);
      status =
          add(
              touched,
              state,
              description,
              body.text("log_url").or(() -> body.text("target_url")).orElse(""),
              body.text("environment_url", ""),
              by);
      if (state.equals("success") && body.flag("auto_inactive", true)) {
        retireOthers(touched, by);
      }
    }
    if (!state.equals("inactive")) {
      api.events().deploymentStatus(repo, touched, status, by);
    }
    return status;
  }

  /** Earlier successes of the environment end, unless it is transient or production. */
  private void retireOthers(Deployment successful, Account by) {
    for (Deployment other : api.state().deployments().of(successful.repository())) {
      boolean concerned =
          other.id() < successful.id()
              && other.environment().equals(successful.environment())
              && !other.transientEnvironment()
              && !other.productionEnvironment();
      Optional<DeploymentStatus> last = of(other).stream().findFirst();
      if (concerned && last.isPresent() && last.get().state().equals("success")) {
        add(other, "inactive", "", last.get().logUrl(), last.get().environmentUrl(), by);
      }
    }
  }

  private DeploymentStatus add(
      Deployment deployment,
      String state,
      String description,
      String logUrl,
      String environmentUrl,
      Account by) {
    return api
        .state()
        .deploymentStatuses()
        .add(
            new DeploymentStatus(
                api.state().nextId(),
                deployment.repository(),
                deployment.id(),
                state,
                description,
                deployment.environment(),
                logUrl,
                environmentUrl,
                by.login(),
                api.now()));
  }
}

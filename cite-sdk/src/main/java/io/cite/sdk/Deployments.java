package io.cite.sdk;

import io.cite.sdk.wire.ActivateRequest;
import io.cite.sdk.wire.DeployRequest;
import io.cite.sdk.wire.DeploymentView;

/** The deployments of one environment. Thread-safe; failures as in {@link CiteClient}. */
public final class Deployments {
  private final Resources resources;
  private final Object[] all;

  Deployments(Resources resources, EnvironmentRef environment) {
    this.resources = resources;
    this.all = Resources.join(Environments.path(environment), "deployments");
  }

  /**
   * Asks to deploy the image of a commit, by its id or the first 7 digits; 422 if it has no image.
   */
  public DeploymentView deployCommit(String commit) {
    return resources.post(DeploymentView.class, DeployRequest.ofCommit(commit), all);
  }

  /** Asks to deploy the image of a build; status 422 if it has none. */
  public DeploymentView deployBuild(long build) {
    return resources.post(DeploymentView.class, DeployRequest.ofBuild(build), all);
  }

  /** One deployment; status 404 if there is none. */
  public DeploymentView get(long seq) {
    return resources.get(DeploymentView.class, Resources.join(all, seq)).value();
  }

  /** All of them, newest first. */
  public Paged<DeploymentView> list() {
    return resources.list(DeploymentView.class, all);
  }

  /** Makes an earlier deployment live again and holds back automatic ones (the pin). */
  public DeploymentView activate(long seq) {
    return resources.post(DeploymentView.class, null, Resources.join(all, seq, "activate"));
  }

  /** The same, with the reason for whoever finds the pin: 1 to 300 characters. */
  public DeploymentView activate(long seq, String reason) {
    return resources.post(
        DeploymentView.class, new ActivateRequest(reason), Resources.join(all, seq, "activate"));
  }

  /** Stops a deployment that is not live yet; status 409 afterwards. */
  public DeploymentView cancel(long seq) {
    return resources.post(DeploymentView.class, null, Resources.join(all, seq, "cancel"));
  }
}

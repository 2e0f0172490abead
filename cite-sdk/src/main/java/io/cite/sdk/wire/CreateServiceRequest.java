package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a service. Only the repository is required; what is absent takes the server's default.
 *
 * @param repository {@code owner/repo}
 * @param branch default: the default branch of the repository
 * @param name default: from the repository
 * @param ports default: what the Dockerfile exposes, else 8080
 * @param secrets variables whose values are kept in a Kubernetes Secret and never shown again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateServiceRequest(
    String repository,
    @Nullable String branch,
    @Nullable String name,
    @Nullable List<Integer> ports,
    @Nullable ProbeView probe,
    @Nullable Integer replicas,
    @Nullable Boolean autoDeploy,
    @Nullable Boolean removeWithBranch,
    @Nullable Map<String, String> variables,
    @Nullable Map<String, String> secrets,
    @Nullable List<NotificationTargetView> notifications) {
  public CreateServiceRequest {
    ports = Wire.listOrNull(ports);
    variables = Wire.mapOrNull(variables);
    secrets = Wire.mapOrNull(secrets);
    notifications = Wire.listOrNull(notifications);
  }

  /** A service from that repository, everything else by default. */
  public static CreateServiceRequest of(String repository) {
    return new CreateServiceRequest(
        repository, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same with this branch. */
  public CreateServiceRequest withBranch(String branch) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with this name. */
  public CreateServiceRequest withName(String name) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with these ports. */
  public CreateServiceRequest withPorts(List<Integer> ports) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with this probe. */
  public CreateServiceRequest withProbe(ProbeView probe) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with this many replicas. */
  public CreateServiceRequest withReplicas(Integer replicas) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with automatic deployment on or off. */
  public CreateServiceRequest withAutoDeploy(Boolean autoDeploy) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with environments deleted when their branch is deleted, or kept. */
  public CreateServiceRequest withRemoveWithBranch(Boolean removeWithBranch) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with these variables. */
  public CreateServiceRequest withVariables(Map<String, String> variables) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with these secrets. */
  public CreateServiceRequest withSecrets(Map<String, String> secrets) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** The same with these notification targets. */
  public CreateServiceRequest withNotifications(List<NotificationTargetView> notifications) {
    return new CreateServiceRequest(
        repository,
        branch,
        name,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        notifications);
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "CreateServiceRequest[repository="
        + repository
        + ", branch="
        + branch
        + ", name="
        + name
        + ", ports="
        + ports
        + ", probe="
        + probe
        + ", replicas="
        + replicas
        + ", autoDeploy="
        + autoDeploy
        + ", removeWithBranch="
        + removeWithBranch
        + ", variables="
        + variables
        + ", secrets="
        + Wire.masked(secrets)
        + ", notifications="
        + notifications
        + "]";
  }
}

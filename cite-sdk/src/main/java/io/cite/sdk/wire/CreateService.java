package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a service. Only the repository is required; what is absent takes the server's
 * default.
 *
 * @param repository {@code owner/repo}
 * @param branch default: the default branch of the repository
 * @param name default: from the repository
 * @param ports default: what the Dockerfile exposes, else 8080
 * @param secrets variables whose values are kept in a Kubernetes Secret and never shown again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateService(
    String repository,
    @Nullable String branch,
    @Nullable String name,
    @Nullable List<Integer> ports,
    @Nullable Probe probe,
    @Nullable Integer replicas,
    @Nullable Boolean autoDeploy,
    @Nullable Boolean removeWithBranch,
    @Nullable Map<String, String> variables,
    @Nullable Map<String, String> secrets,
    @Nullable List<NotificationTarget> notifications) {
  public CreateService {
    ports = Wire.listOrNull(ports);
    variables = Wire.mapOrNull(variables);
    secrets = Wire.mapOrNull(secrets);
    notifications = Wire.listOrNull(notifications);
  }

  /** A service from that repository, everything else by default. */
  public static CreateService of(String repository) {
    return new CreateService(
        repository, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same with this branch. */
  public CreateService withBranch(String branch) {
    return new CreateService(
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
  public CreateService withName(String name) {
    return new CreateService(
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
  public CreateService withPorts(List<Integer> ports) {
    return new CreateService(
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
  public CreateService withProbe(Probe probe) {
    return new CreateService(
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
  public CreateService withReplicas(Integer replicas) {
    return new CreateService(
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
  public CreateService withAutoDeploy(Boolean autoDeploy) {
    return new CreateService(
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
  public CreateService withRemoveWithBranch(Boolean removeWithBranch) {
    return new CreateService(
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
  public CreateService withVariables(Map<String, String> variables) {
    return new CreateService(
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
  public CreateService withSecrets(Map<String, String> secrets) {
    return new CreateService(
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
  public CreateService withNotifications(List<NotificationTarget> notifications) {
    return new CreateService(
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
    return "CreateService[repository="
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

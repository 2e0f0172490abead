package io.cite.core.domain.service;

import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;
import java.util.List;

/**
 * What a service is, as its owners set it: the base metadata at {@code
 * /cite/{namespace}/{service}}. New environments copy replicas, autoDeploy, removeWithBranch and
 * variables from here.
 *
 * @param repositoryId the host's number for the repository
 * @param branch the branch that the service was created with
 * @param secretNames names of the secret variables of the service's own environment, which new
 *     environments copy; the values are in a Kubernetes Secret
 */
public record ServiceSettings(
    ServiceId id,
    RepositoryName repository,
    long repositoryId,
    BranchName branch,
    ContainerPorts ports,
    Probe probe,
    Replicas replicas,
    boolean autoDeploy,
    boolean removeWithBranch,
    Variables variables,
    List<String> secretNames,
    List<NotificationTarget.Sealed> notifications,
    String createdBy,
    Instant createdAt) {
  public ServiceSettings {
    secretNames = List.copyOf(secretNames);
    notifications = List.copyOf(notifications);
  }

  /** Whether the environment is one that is deleted when its branch is deleted. */
  public boolean removesWithBranch(EnvironmentSettings environment) {
    return environment.removeWithBranch() && !environment.id().branch().equals(branch);
  }

  /** These settings with the secret variables of the service's own environment. */
  public ServiceSettings withSecretNames(List<String> names) {
    return new ServiceSettings(
        id,
        repository,
        repositoryId,
        branch,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        names,
        notifications,
        createdBy,
        createdAt);
  }

  /** These settings with other notification targets. */
  public ServiceSettings withNotifications(List<NotificationTarget.Sealed> targets) {
    return new ServiceSettings(
        id,
        repository,
        repositoryId,
        branch,
        ports,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secretNames,
        targets,
        createdBy,
        createdAt);
  }

  /** The settings of a new environment of this service. */
  public EnvironmentSettings environment(BranchName newBranch, Instant at) {
    return new EnvironmentSettings(
        new EnvironmentId(id, newBranch),
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secretNames,
        at);
  }
}

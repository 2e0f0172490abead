package io.cite.core.domain.service;

import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service is, as its owners set it: the base metadata at {@code
 * /cite/{namespace}/{service}}. New environments copy replicas, autoDeploy, removeWithBranch and
 * variables from here.
 *
 * @param repositoryId the host's number for the repository
 * @param branch the branch that the service was created with
 * @param portsFrom where the ports come from, in words, if that is the Dockerfile or the default;
 *     null if somebody set them
 * @param secretNames names of the secret variables of the service's own environment, which new
 *     environments copy; the values are in a Kubernetes Secret
 * @param formerNames names that the repository had since the service was created, the newest first:
 *     builds that were begun under them count
 */
public record ServiceSettings(
    ServiceId id,
    RepositoryName repository,
    long repositoryId,
    BranchName branch,
    ContainerPorts ports,
    @Nullable String portsFrom,
    Probe probe,
    Replicas replicas,
    boolean autoDeploy,
    boolean removeWithBranch,
    Variables variables,
    List<String> secretNames,
    List<NotificationTarget.Sealed> notifications,
    String createdBy,
    Instant createdAt,
    List<RepositoryName> formerNames) {
  private static final int MOST_NAMES = 5;

  public ServiceSettings {
    secretNames = List.copyOf(secretNames);
    notifications = List.copyOf(notifications);
    formerNames = List.copyOf(formerNames);
  }

  /** A service whose repository has kept its name. */
  public ServiceSettings(
      ServiceId id,
      RepositoryName repository,
      long repositoryId,
      BranchName branch,
      ContainerPorts ports,
      @Nullable String portsFrom,
      Probe probe,
      Replicas replicas,
      boolean autoDeploy,
      boolean removeWithBranch,
      Variables variables,
      List<String> secretNames,
      List<NotificationTarget.Sealed> notifications,
      String createdBy,
      Instant createdAt) {
    this(
        id,
        repository,
        repositoryId,
        branch,
        ports,
        portsFrom,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secretNames,
        notifications,
        createdBy,
        createdAt,
        List.of());
  }

  /** The name of the repository, and then those that it had, the newest first. */
  public List<RepositoryName> names() {
    List<RepositoryName> names = new ArrayList<>();
    names.add(repository);
    names.addAll(formerNames);
    return names;
  }

  /**
   * The ports of a deployment: those that its image exposes, unless somebody set other ones.
   *
   * @param exposed null if they are not known
   */
  public ContainerPorts portsOf(@Nullable ContainerPorts exposed) {
    return portsFrom == null || exposed == null ? ports : exposed;
  }

  /** Whether the environment is one that is deleted when its branch is deleted. */
  public boolean removesWithBranch(EnvironmentSettings environment) {
    return environment.removeWithBranch() && !environment.id().branch().equals(branch);
  }

  /** These settings with the secret variables of the service's own environment. */
  public ServiceSettings withSecretNames(List<String> changed) {
    return with(repository, changed, notifications, formerNames);
  }

  /** These settings with other notification targets. */
  public ServiceSettings withNotifications(List<NotificationTarget.Sealed> targets) {
    return with(repository, secretNames, targets, formerNames);
  }

  /** These settings under the new name of the repository. */
  public ServiceSettings renamed(RepositoryName now) {
    List<RepositoryName> former =
        names().stream().filter(name -> !name.sameAs(now)).limit(MOST_NAMES).toList();
    return with(now, secretNames, notifications, former);
  }

  private ServiceSettings with(
      RepositoryName name,
      List<String> secrets,
      List<NotificationTarget.Sealed> targets,
      List<RepositoryName> former) {
    return new ServiceSettings(
        id,
        name,
        repositoryId,
        branch,
        ports,
        portsFrom,
        probe,
        replicas,
        autoDeploy,
        removeWithBranch,
        variables,
        secrets,
        targets,
        createdBy,
        createdAt,
        former);
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
        Map.of(),
        at);
  }
}

package io.cite.core.domain.service;

import java.time.Instant;
import java.util.List;

/**
 * What an environment is, as its owners set it: the branch metadata at {@code
 * /cite/{namespace}/{service}/{branch}}. The engine never writes here.
 *
 * @param removeWithBranch whether it is taken away when its branch is deleted; the environment that
 *     its service was created with stays nevertheless, and goes only with the service
 */
public record EnvironmentSettings(
    EnvironmentId id,
    Replicas replicas,
    boolean autoDeploy,
    boolean removeWithBranch,
    Variables variables,
    List<String> secretNames,
    Instant createdAt) {
  public EnvironmentSettings {
    secretNames = List.copyOf(secretNames);
  }
}

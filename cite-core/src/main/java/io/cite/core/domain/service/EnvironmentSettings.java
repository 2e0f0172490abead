package io.cite.core.domain.service;

import java.time.Instant;
import java.util.List;

/**
 * What an environment is, as its owners set it: the branch metadata at {@code
 * /cite/{namespace}/{service}/{branch}}. The engine never writes here.
 */
public record EnvironmentSettings(
    EnvironmentId id,
    Replicas replicas,
    boolean autoDeploy,
    Variables variables,
    List<String> secretNames,
    Instant createdAt) {
  public EnvironmentSettings {
    secretNames = List.copyOf(secretNames);
  }
}

package io.cite.core.domain.service;

import io.cite.core.error.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an environment is, as its owners set it: the branch metadata at {@code
 * /cite/{namespace}/{service}/{branch}}. The engine never writes here.
 *
 * @param removeWithBranch whether it is deleted when its branch is deleted; the environment that
 *     its service was created with stays nevertheless, and goes only with the service
 * @param secretVersions how often each secret variable was set since the environment was made
 */
public record EnvironmentSettings(
    EnvironmentId id,
    Replicas replicas,
    boolean autoDeploy,
    boolean removeWithBranch,
    Variables variables,
    List<String> secretNames,
    Map<String, Long> secretVersions,
    Instant createdAt) {

  /**
   * How many pods of an environment run.
   *
   * @param count 1 to 100
   */
  public record Replicas(int count) {
    /** The largest number. */
    public static final int MAX = 100;

    public Replicas {
      if (count < 1 || count > MAX) {
        throw new InvalidInput("The number of replicas must be 1 to " + MAX + ", not " + count);
      }
    }
  }

  /** What is kept of the deployment that was live last, so that a rollback is quick. */
  public enum Standby {
    /** Ready pods for a while, then none. */
    WARM,
    /** No pods: a rollback starts them. */
    COLD
  }

  public EnvironmentSettings {
    secretNames = List.copyOf(secretNames);
    secretVersions = Map.copyOf(secretVersions);
  }
}

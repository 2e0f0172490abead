package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of settings of an environment: what is absent stays as it is. Collections replace what
 * was there.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentSettings(
    @Nullable Integer replicas,
    @Nullable Boolean autoDeploy,
    @Nullable Boolean removeWithBranch,
    @Nullable Map<String, String> variables,
    @Nullable Map<String, String> secrets,
    @Nullable List<Integer> ports,
    @Nullable Probe probe) {
  public EnvironmentSettings {
    variables = Wire.mapOrNull(variables);
    secrets = Wire.mapOrNull(secrets);
    ports = Wire.listOrNull(ports);
  }

  /** A change of nothing, to add to. */
  public static EnvironmentSettings unchanged() {
    return new EnvironmentSettings(null, null, null, null, null, null, null);
  }

  /** The same with this many replicas. */
  public EnvironmentSettings withReplicas(Integer replicas) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with automatic deployment on or off. */
  public EnvironmentSettings withAutoDeploy(Boolean autoDeploy) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with the environment deleted when its branch is deleted, or kept. */
  public EnvironmentSettings withRemoveWithBranch(Boolean removeWithBranch) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with these variables. */
  public EnvironmentSettings withVariables(Map<String, String> variables) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with these secrets. */
  public EnvironmentSettings withSecrets(Map<String, String> secrets) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with these ports. */
  public EnvironmentSettings withPorts(List<Integer> ports) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with this probe. */
  public EnvironmentSettings withProbe(Probe probe) {
    return new EnvironmentSettings(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "EnvironmentSettings[replicas="
        + replicas
        + ", autoDeploy="
        + autoDeploy
        + ", removeWithBranch="
        + removeWithBranch
        + ", variables="
        + variables
        + ", secrets="
        + Wire.masked(secrets)
        + ", ports="
        + ports
        + ", probe="
        + probe
        + "]";
  }
}

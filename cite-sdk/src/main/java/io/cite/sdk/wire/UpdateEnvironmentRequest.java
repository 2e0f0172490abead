package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of settings of an environment: what is absent stays as it is. Collections replace what
 * was there.
 *
 * @param secrets secret variables to set; one whose value is null is removed, and others stay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpdateEnvironmentRequest(
    @Nullable Integer replicas,
    @Nullable Boolean autoDeploy,
    @Nullable Boolean removeWithBranch,
    @Nullable Map<String, String> variables,
    @JsonSetter(contentNulls = Nulls.SET) @Nullable Map<String, @Nullable String> secrets,
    @Nullable List<Integer> ports,
    @Nullable ProbeView probe) {
  public UpdateEnvironmentRequest {
    variables = Wire.mapOrNull(variables);
    secrets = Wire.withNulls(secrets);
    ports = Wire.listOrNull(ports);
  }

  /** A change of nothing, to add to. */
  public static UpdateEnvironmentRequest unchanged() {
    return new UpdateEnvironmentRequest(null, null, null, null, null, null, null);
  }

  /** The same with this many replicas. */
  public UpdateEnvironmentRequest withReplicas(Integer replicas) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with automatic deployment on or off. */
  public UpdateEnvironmentRequest withAutoDeploy(Boolean autoDeploy) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with the environment deleted when its branch is deleted, or kept. */
  public UpdateEnvironmentRequest withRemoveWithBranch(Boolean removeWithBranch) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with these variables. */
  public UpdateEnvironmentRequest withVariables(Map<String, String> variables) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with these secrets; one whose value is null is removed. */
  public UpdateEnvironmentRequest withSecrets(Map<String, @Nullable String> secrets) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with this secret removed. */
  public UpdateEnvironmentRequest withoutSecret(String name) {
    Map<String, @Nullable String> fewer =
        secrets == null ? new LinkedHashMap<>() : new LinkedHashMap<>(secrets);
    fewer.put(name, null);
    return withSecrets(fewer);
  }

  /** The same with these ports. */
  public UpdateEnvironmentRequest withPorts(List<Integer> ports) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** The same with this probe. */
  public UpdateEnvironmentRequest withProbe(ProbeView probe) {
    return new UpdateEnvironmentRequest(
        replicas, autoDeploy, removeWithBranch, variables, secrets, ports, probe);
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "UpdateEnvironmentRequest[replicas="
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

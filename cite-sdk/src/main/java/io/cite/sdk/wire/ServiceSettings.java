package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of settings of a service: what is absent stays as it is. Collections replace what was
 * there.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceSettings(
    @Nullable List<Integer> ports,
    @Nullable Probe probe,
    @Nullable Integer replicas,
    @Nullable Boolean autoDeploy,
    @Nullable Boolean removeWithBranch,
    @Nullable Map<String, String> variables,
    @Nullable Map<String, String> secrets,
    @Nullable List<NotificationTarget> notifications) {
  public ServiceSettings {
    ports = Wire.listOrNull(ports);
    variables = Wire.mapOrNull(variables);
    secrets = Wire.mapOrNull(secrets);
    notifications = Wire.listOrNull(notifications);
  }

  /** A change of nothing, to add to. */
  public static ServiceSettings unchanged() {
    return new ServiceSettings(null, null, null, null, null, null, null, null);
  }

  /** The same with these ports. */
  public ServiceSettings withPorts(List<Integer> ports) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with this probe. */
  public ServiceSettings withProbe(Probe probe) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with this many replicas. */
  public ServiceSettings withReplicas(Integer replicas) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with automatic deployment on or off. */
  public ServiceSettings withAutoDeploy(Boolean autoDeploy) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with environments deleted when their branch is deleted, or kept. */
  public ServiceSettings withRemoveWithBranch(Boolean removeWithBranch) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with these variables. */
  public ServiceSettings withVariables(Map<String, String> variables) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with these secrets. */
  public ServiceSettings withSecrets(Map<String, String> secrets) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with these notification targets. */
  public ServiceSettings withNotifications(List<NotificationTarget> notifications) {
    return new ServiceSettings(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "ServiceSettings[ports="
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

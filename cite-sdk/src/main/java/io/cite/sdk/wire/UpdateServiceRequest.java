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
public record UpdateServiceRequest(
    @Nullable List<Integer> ports,
    @Nullable ProbeView probe,
    @Nullable Integer replicas,
    @Nullable Boolean autoDeploy,
    @Nullable Boolean removeWithBranch,
    @Nullable Map<String, String> variables,
    @Nullable Map<String, String> secrets,
    @Nullable List<NotificationTargetView> notifications) {
  public UpdateServiceRequest {
    ports = Wire.listOrNull(ports);
    variables = Wire.mapOrNull(variables);
    secrets = Wire.mapOrNull(secrets);
    notifications = Wire.listOrNull(notifications);
  }

  /** A change of nothing, to add to. */
  public static UpdateServiceRequest unchanged() {
    return new UpdateServiceRequest(null, null, null, null, null, null, null, null);
  }

  /** The same with these ports. */
  public UpdateServiceRequest withPorts(List<Integer> ports) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with this probe. */
  public UpdateServiceRequest withProbe(ProbeView probe) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with this many replicas. */
  public UpdateServiceRequest withReplicas(Integer replicas) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with automatic deployment on or off. */
  public UpdateServiceRequest withAutoDeploy(Boolean autoDeploy) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with environments deleted when their branch is deleted, or kept. */
  public UpdateServiceRequest withRemoveWithBranch(Boolean removeWithBranch) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with these variables. */
  public UpdateServiceRequest withVariables(Map<String, String> variables) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with these secrets. */
  public UpdateServiceRequest withSecrets(Map<String, String> secrets) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** The same with these notification targets. */
  public UpdateServiceRequest withNotifications(List<NotificationTargetView> notifications) {
    return new UpdateServiceRequest(
        ports, probe, replicas, autoDeploy, removeWithBranch, variables, secrets, notifications);
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return "UpdateServiceRequest[ports="
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

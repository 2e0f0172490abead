package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application from one repository.
 *
 * @param repository {@code owner/repo}
 * @param branch the branch it was created with
 * @param steps the steps of its creation, in order
 * @param secretNames names of its secret variables; values never leave the server
 * @param cause why it failed or is degraded
 */
public record Service(
    String namespace,
    String name,
    String repository,
    @Nullable String branch,
    ServiceState state,
    List<Step> steps,
    List<Environment> environments,
    List<Integer> ports,
    @Nullable Probe probe,
    int replicas,
    boolean autoDeploy,
    boolean removeWithBranch,
    Map<String, String> variables,
    List<String> secretNames,
    List<NotificationTarget> notifications,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant createdAt,
    @Nullable String cause) {
  public Service {
    steps = Wire.list(steps);
    environments = Wire.list(environments);
    ports = Wire.list(ports);
    secretNames = Wire.list(secretNames);
    notifications = Wire.list(notifications);
    variables = Wire.map(variables);
  }
}

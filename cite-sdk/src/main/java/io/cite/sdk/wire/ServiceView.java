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
 * @param portsFrom where the ports come from, unless somebody set them
 * @param secretNames names of its secret variables; values never leave the server
 * @param cause why it failed or is degraded
 * @param next while it is created: what happens to its branch then, or what has to be ordered
 */
public record ServiceView(
    String namespace,
    String name,
    String repository,
    @Nullable String branch,
    ServiceStateView state,
    List<StepView> steps,
    List<EnvironmentView> environments,
    List<Integer> ports,
    @Nullable String portsFrom,
    @Nullable ProbeView probe,
    int replicas,
    boolean autoDeploy,
    boolean removeWithBranch,
    Map<String, String> variables,
    List<String> secretNames,
    List<NotificationTargetView> notifications,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Instant createdAt,
    @Nullable String cause,
    @Nullable String next) {
  public ServiceView {
    steps = Wire.list(steps);
    environments = Wire.list(environments);
    ports = Wire.list(ports);
    secretNames = Wire.list(secretNames);
    notifications = Wire.list(notifications);
    variables = Wire.map(variables);
  }
}

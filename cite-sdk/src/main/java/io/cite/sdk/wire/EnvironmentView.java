package io.cite.sdk.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a service as it runs in the cluster.
 *
 * @param slug the branch as a DNS-safe word
 * @param live the deployment that traffic goes to
 * @param pinned whether a rollback holds back automatic deployments
 * @param replicas pods wanted
 * @param ready pods ready
 * @param url where it answers, if it does outside the cluster
 * @param name the name of its Kubernetes Service
 * @param secretNames names of its secret variables; values never leave the server
 * @param attention what a person should know of it
 * @param pin who holds back automatic deployments, since when and why; null if nobody does
 * @param pendingCommit the newest commit that could be live and is not; null if there is none
 * @param pendingSettings changed settings that are not live yet; null if there are none
 */
public record EnvironmentView(
    String slug,
    String branch,
    EnvironmentStateView state,
    @Nullable DeploymentView live,
    boolean pinned,
    boolean autoDeploy,
    boolean removeWithBranch,
    int replicas,
    int ready,
    @Nullable String url,
    @Nullable BuildView lastBuild,
    Map<String, String> variables,
    @Nullable String name,
    List<String> secretNames,
    @Nullable String attention,
    @Nullable PinView pin,
    @Nullable PendingCommitView pendingCommit,
    @Nullable PendingSettingsView pendingSettings) {
  public EnvironmentView {
    variables = Wire.map(variables);
    secretNames = Wire.list(secretNames);
  }
}

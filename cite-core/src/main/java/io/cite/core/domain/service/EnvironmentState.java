package io.cite.core.domain.service;

import io.cite.core.domain.source.CommitId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of an environment, apart from its owners' settings.
 *
 * @param lastSeq the highest deployment number given out
 * @param lastBuild the highest build number given out
 * @param live number of the deployment that has the traffic; null before the first
 * @param pinnedBy who holds auto-deploy back by a rollback; null if nobody does
 * @param quarantined the commit that was rolled back from and never deploys by itself; null if none
 * @param head the branch's head as last seen; null before it was seen
 * @param attention what a person should know, such as why a build could not be requested
 * @param branchDeleted whether the branch does not exist any more
 * @param deleting whether it is being deleted
 * @param setup what the engine has to do in the cluster before the next rollout; null for nothing
 */
public record EnvironmentState(
    EnvironmentId id,
    long lastSeq,
    long lastBuild,
    @Nullable Long live,
    @Nullable String pinnedBy,
    @Nullable CommitId quarantined,
    @Nullable CommitId head,
    @Nullable String attention,
    boolean branchDeleted,
    boolean deleting,
    @Nullable Setup setup) {

  /** An environment that nothing has happened in. */
  public static EnvironmentState fresh(EnvironmentId id) {
    return new EnvironmentState(id, 0, 0, null, null, null, null, null, false, false, null);
  }

  /** With the next deployment number given out. */
  public EnvironmentState nextSeq() {
    return new EnvironmentState(
        id,
        lastSeq + 1,
        lastBuild,
        live,
        pinnedBy,
        quarantined,
        head,
        attention,
        branchDeleted,
        deleting,
        setup);
  }

  /** With the next build number given out. */
  public EnvironmentState nextBuild() {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild + 1,
        live,
        pinnedBy,
        quarantined,
        head,
        attention,
        branchDeleted,
        deleting,
        setup);
  }

  /** With this deployment live. */
  public EnvironmentState withLive(@Nullable Long seq) {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        seq,
        pinnedBy,
        quarantined,
        head,
        attention,
        branchDeleted,
        deleting,
        setup);
  }

  /** Held by this person, with this commit never deployed by itself. */
  public EnvironmentState pinned(String by, @Nullable CommitId commit) {
    return new EnvironmentState(
        id, lastSeq, lastBuild, live, by, commit, head, attention, branchDeleted, deleting, setup);
  }

  /** With a commit that never deploys by itself again. */
  public EnvironmentState quarantine(CommitId commit) {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        pinnedBy,
        commit,
        head,
        attention,
        branchDeleted,
        deleting,
        setup);
  }

  /** No longer held. */
  public EnvironmentState unpinned() {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        null,
        quarantined,
        head,
        attention,
        branchDeleted,
        deleting,
        setup);
  }

  /** With the branch's head as it was seen now. */
  public EnvironmentState withHead(@Nullable CommitId seen) {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        pinnedBy,
        quarantined,
        seen,
        attention,
        seen == null && branchDeleted,
        deleting,
        setup);
  }

  /** With something a person should know; null when there is nothing any more. */
  public EnvironmentState withAttention(@Nullable String text) {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        pinnedBy,
        quarantined,
        head,
        text,
        branchDeleted,
        deleting,
        setup);
  }

  /** With a branch that does not exist any more. */
  public EnvironmentState withBranchDeleted() {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        pinnedBy,
        quarantined,
        null,
        attention,
        true,
        deleting,
        setup);
  }

  /** What a person should know of the environment now; null if there is nothing. */
  public @Nullable String notes() {
    String gone = "The branch " + id.branch() + " was deleted.";
    if (!branchDeleted) {
      return attention;
    }
    return attention == null ? gone : gone + " " + attention;
  }

  /** Being deleted. */
  public EnvironmentState deleted() {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        pinnedBy,
        quarantined,
        head,
        attention,
        branchDeleted,
        true,
        setup);
  }

  /** An environment whose Kubernetes Service is to be made. */
  public static EnvironmentState added(EnvironmentId id) {
    return fresh(id).withSetup(new Setup(true, Map.of()));
  }

  /** With these sealed secret variables to be taken to the cluster. */
  public EnvironmentState withSecrets(Map<String, String> sealed) {
    return withSetup((setup == null ? new Setup(false, Map.of()) : setup).with(sealed));
  }

  /** With nothing more to do in the cluster. */
  public EnvironmentState setUp() {
    return withSetup(null);
  }

  private EnvironmentState withSetup(@Nullable Setup next) {
    return new EnvironmentState(
        id,
        lastSeq,
        lastBuild,
        live,
        pinnedBy,
        quarantined,
        head,
        attention,
        branchDeleted,
        deleting,
        next);
  }

  /**
   * What an environment needs in the cluster before its next rollout.
   *
   * @param isNew whether its Kubernetes Service is to be made, and the secret variables of the
   *     service's own environment are to be copied
   * @param sealedSecrets secret variables to be set, each sealed, until they are in the cluster
   */
  public record Setup(boolean isNew, Map<String, String> sealedSecrets) {
    public Setup {
      sealedSecrets = Map.copyOf(sealedSecrets);
    }

    /** With these secret variables to be set as well; a later value replaces an earlier one. */
    private Setup with(Map<String, String> sealed) {
      Map<String, String> all = new HashMap<>(sealedSecrets);
      all.putAll(sealed);
      return new Setup(isNew, all);
    }
  }
}

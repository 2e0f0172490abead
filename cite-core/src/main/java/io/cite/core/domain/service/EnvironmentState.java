package io.cite.core.domain.service;

import io.cite.core.domain.source.CommitId;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of an environment, apart from its owners' settings.
 *
 * @param lastSeq the highest deployment number given out
 * @param lastBuild the highest build number given out
 * @param live number of the deployment that has the traffic; null before the first
 * @param pinnedBy who holds auto-deploy back by a rollback; null where nobody does
 * @param quarantined the commit that was rolled back from and never deploys by itself; null if none
 * @param head the branch's head as last seen; null before it was seen
 * @param attention what a person should know, such as why a build could not be requested
 * @param branchDeleted whether the branch does not exist any more
 * @param deleting whether it is being deleted
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
    boolean deleting) {

  /** An environment that nothing has happened in. */
  public static EnvironmentState fresh(EnvironmentId id) {
    return new EnvironmentState(id, 0, 0, null, null, null, null, null, false, false);
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
        deleting);
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
        deleting);
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
        deleting);
  }

  /** Held by this person, with this commit never deployed by itself. */
  public EnvironmentState pinned(String by, @Nullable CommitId commit) {
    return new EnvironmentState(
        id, lastSeq, lastBuild, live, by, commit, head, attention, branchDeleted, deleting);
  }

  /** With a commit that never deploys by itself again. */
  public EnvironmentState quarantine(CommitId commit) {
    return new EnvironmentState(
        id, lastSeq, lastBuild, live, pinnedBy, commit, head, attention, branchDeleted, deleting);
  }

  /** No longer held. */
  public EnvironmentState unpinned() {
    return new EnvironmentState(
        id, lastSeq, lastBuild, live, null, quarantined, head, attention, branchDeleted, deleting);
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
        deleting);
  }

  /** With something a person should know; null when there is nothing any more. */
  public EnvironmentState withAttention(@Nullable String text) {
    return new EnvironmentState(
        id, lastSeq, lastBuild, live, pinnedBy, quarantined, head, text, branchDeleted, deleting);
  }

  /** With a branch that does not exist any more. */
  public EnvironmentState withBranchDeleted() {
    return new EnvironmentState(
        id, lastSeq, lastBuild, live, pinnedBy, quarantined, null, attention, true, deleting);
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
        id, lastSeq, lastBuild, live, pinnedBy, quarantined, head, attention, branchDeleted, true);
  }
}

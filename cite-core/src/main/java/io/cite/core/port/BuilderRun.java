package io.cite.core.port;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import org.jspecify.annotations.Nullable;

/**
 * One build as the builder itself knows it. A commit status says what somebody wrote; this says
 * what was done.
 *
 * @param number the builder's number; a build that began later has a higher one
 * @param branch the branch that it was asked for; null if the builder does not say
 * @param commit what was built
 * @param image the image that it says it made; null if it says nothing of one
 * @param log where its log is; null unless it failed and there is one
 */
public record BuilderRun(
    long number,
    @Nullable BranchName branch,
    CommitId commit,
    State state,
    @Nullable ImageReference image,
    @Nullable LogUrl log) {

  /** How far it is. */
  public enum State {
    /** It has begun and not ended. */
    RUNNING,
    SUCCEEDED,
    /** The commit could not be built. */
    FAILED,
    /** It was stopped, or the builder broke down. */
    ERRORED
  }
}

package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a deployment of a commit that was built, or of a build. Give one of the two.
 *
 * @param commit its id, or the first 7 digits or more
 * @param build number of a build of the environment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeployRequest(@Nullable String commit, @Nullable Long build) {

  /** Deploys the image of that commit. */
  public static DeployRequest ofCommit(String commit) {
    return new DeployRequest(commit, null);
  }

  /** Deploys the image of that build. */
  public static DeployRequest ofBuild(long build) {
    return new DeployRequest(null, build);
  }
}

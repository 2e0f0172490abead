package io.cite.core.port.cluster;

import org.jspecify.annotations.Nullable;

/**
 * A rollout as it is.
 *
 * @param exists whether its controller exists
 * @param wanted how many pods it shall have
 * @param ready how many of them are ready
 * @param running how many of its pods were not asked to end, ready or not
 * @param ending how many of its pods were asked to end and have not ended
 * @param stuck why it will not get ready, if the cluster says so
 */
public record RolloutStatus(
    boolean exists, int wanted, int ready, int running, int ending, @Nullable Blocker stuck) {
  /** There is no such controller. */
  public static final RolloutStatus ABSENT = new RolloutStatus(false, 0, 0, 0, 0, null);

  /** Whether all wanted pods are ready. */
  public boolean isReady() {
    return exists && wanted > 0 && ready >= wanted;
  }

  /** Whether it shall have no pods, and those that it had were all asked to end. */
  public boolean isEmptied() {
    return !exists || (wanted == 0 && running == 0);
  }
}

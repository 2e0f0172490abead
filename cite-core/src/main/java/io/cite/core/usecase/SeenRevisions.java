package io.cite.core.usecase;

import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of some settings that a caller has seen. A change is made only to one of them.
 *
 * @param revisions null if the caller does not mind which settings are changed
 */
public record SeenRevisions(@Nullable Set<Long> revisions) {
  public SeenRevisions {
    revisions = revisions == null ? null : Set.copyOf(revisions);
  }

  /** Changes whatever is there. */
  public static SeenRevisions any() {
    return new SeenRevisions(null);
  }

  /**
   * Requires that the caller has seen this revision.
   *
   * @throws Conflict with {@code PRECONDITION_FAILED} if they have not
   */
  public void require(long revision) {
    if (revisions != null && !revisions.contains(revision)) {
      throw new Conflict(
          ErrorCode.PRECONDITION_FAILED,
          "The settings were changed after you read them. Read them again and repeat the change.");
    }
  }
}

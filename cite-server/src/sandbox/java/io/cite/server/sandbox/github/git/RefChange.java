package io.cite.server.sandbox.github.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** One ref that moved, came or went; the zero id stands for absence. */
public record RefChange(String ref, ObjectId before, ObjectId after, boolean forced) {

  public boolean created() {
    return before.equals(ObjectId.zeroId());
  }

  public boolean deleted() {
    return after.equals(ObjectId.zeroId());
  }

  public boolean branch() {
    return ref.startsWith(Constants.R_HEADS);
  }

  public boolean tag() {
    return ref.startsWith(Constants.R_TAGS);
  }

  /** The name without {@code refs/heads/} or {@code refs/tags/}. */
  public String shortName() {
    return org.eclipse.jgit.lib.Repository.shortenRefName(ref);
  }
}

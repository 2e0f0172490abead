package io.cite.core.domain.service;

import java.time.Instant;
import java.util.Locale;

/**
 * How far a step of a creation has come.
 *
 * @param step which step
 * @param progress how far
 * @param detail in words: what was made or found, or why it failed
 * @param at when this was recorded
 * @param undone whether what it had made was removed after the creation failed
 */
public record StepRecord(
    CreateStep step, Progress progress, String detail, Instant at, boolean undone) {

  /** A step that was not undone. */
  public StepRecord(CreateStep step, Progress progress, String detail, Instant at) {
    this(step, progress, detail, at, false);
  }

  /** Whether it may have made something that a failed creation has to remove. */
  boolean mayHaveMade() {
    return !undone
        && (progress == Progress.DONE
            || progress == Progress.DEGRADED
            || progress == Progress.FAILED);
  }

  /** The steps of creating a service, in their order. */
  public enum CreateStep {
    /** The Kubernetes namespace of the repository's owner. */
    NAMESPACE(false),
    /** The index template and data view for the namespace's logs. */
    LOG_INDEX(true),
    /** Buildbot's and CITE's webhooks on the repository. */
    WEBHOOKS(false),
    /** The CITE account as a collaborator of the repository. */
    COLLABORATOR(true),
    /** The service's metadata in the store. */
    SERVICE_METADATA(false),
    /** The branch's metadata in the store. */
    BRANCH_METADATA(false),
    /** The Kubernetes Service of the branch. */
    KUBERNETES_SERVICE(false);

    private final boolean optional;

    CreateStep(boolean optional) {
      this.optional = optional;
    }

    /** Whether the service works without it, so that a failure only degrades the service. */
    public boolean isOptional() {
      return optional;
    }

    /** The step in words. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** How far a step has come. */
  public enum Progress {
    /** Not begun. */
    PENDING,
    /** Begun; it may have taken effect. Whoever goes on checks that first. */
    STARTED,
    /** Made by this creation, which also takes it back on failure. */
    DONE,
    /** It was there already and is kept on failure. */
    ADOPTED,
    /** Not possible for now; tried again, and the service works without it. */
    DEGRADED,
    /** Not configured, so nothing to do. */
    SKIPPED,
    /** Failed for good. */
    FAILED,
    /** Taken back. */
    UNDONE;

    /** Whether the next step may begin. */
    public boolean isSettled() {
      return this == DONE || this == ADOPTED || this == SKIPPED || this == DEGRADED;
    }
  }
}

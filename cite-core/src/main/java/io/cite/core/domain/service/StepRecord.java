package io.cite.core.domain.service;

import java.time.Instant;

/**
 * How far a step of a creation has come.
 *
 * @param step which step
 * @param progress how far
 * @param detail in words: what was made or found, or why it failed
 * @param at when this was recorded
 */
public record StepRecord(CreateStep step, Progress progress, String detail, Instant at) {

  /** How far a step has come. */
  public enum Progress {
    /** Not begun. */
    PENDING,
    /** Begun; it may have taken effect. Whoever goes on looks first. */
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

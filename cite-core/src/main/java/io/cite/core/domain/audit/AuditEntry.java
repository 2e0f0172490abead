package io.cite.core.domain.audit;

import java.time.Instant;

/**
 * One line of the audit trail.
 *
 * @param at when
 * @param actor who: the name of a token or a login, or {@code cite} for what CITE decided itself
 * @param action what, from the catalogue in {@code docs/audit.md}
 * @param target which resource, such as {@code acme/hello/main}
 * @param outcome how it ended
 * @param detail in words; never a secret
 */
public record AuditEntry(
    Instant at, String actor, AuditAction action, String target, Outcome outcome, String detail) {

  /** How an audited action ended. */
  public enum Outcome {
    /** Accepted and durable; later entries tell how it went. */
    ACCEPTED,
    /** Done. */
    DONE,
    /** Refused: the caller may not do it, or the input is not trusted. */
    DENIED,
    /** Tried and failed. */
    FAILED
  }
}

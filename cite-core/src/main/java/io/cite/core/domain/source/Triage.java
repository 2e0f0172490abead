package io.cite.core.domain.source;

import java.util.Optional;

/**
 * What becomes of a delivery that says nothing CITE has to check: decided by its content alone, so
 * it is settled as it comes in.
 */
public final class Triage {
  private Triage() {}

  /**
   * The outcome of such a delivery; empty for one that calls for a check.
   *
   * @param statusContext context of the builder's commit statuses
   */
  public static Optional<Disposition> settle(SourceEvent content, String statusContext) {
    if (content instanceof SourceEvent.Unreadable e) {
      return Optional.of(Disposition.quarantined(e.reason()));
    }
    if (content instanceof SourceEvent.Irrelevant e) {
      return Optional.of(Disposition.ignored(e.reason()));
    }
    if (content instanceof SourceEvent.Pinged e) {
      return Optional.of(Disposition.applied("hook " + e.hookId() + " works"));
    }
    if (content instanceof SourceEvent.PullRequestChanged e) {
      return Optional.of(Disposition.ignored("pull request " + e.number() + " " + e.action()));
    }
    boolean foreign =
        content instanceof SourceEvent.StatusChanged e && !e.context().equals(statusContext);
    return foreign
        ? Optional.of(Disposition.ignored("its context is not that of the builder"))
        : Optional.empty();
  }
}

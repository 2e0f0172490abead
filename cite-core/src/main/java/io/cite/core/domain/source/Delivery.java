package io.cite.core.domain.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One webhook received.
 *
 * @param id the same when it is delivered again
 * @param event the name of the event, as in the {@code X-GitHub-Event} header
 * @param bodySha256 lower-case hex of the body's SHA-256: the same id with another body is refused
 * @param content what it says
 * @param receivedAt when it was stored
 * @param disposition what became of it
 * @param attempts how often handling it has failed
 */
public record Delivery(
    DeliveryId id,
    String event,
    String bodySha256,
    SourceEvent content,
    Instant receivedAt,
    Disposition disposition,
    int attempts) {

  /** The repository it is about, if it names one. */
  public @Nullable RepositoryName repository() {
    if (content instanceof SourceEvent.Pushed e) {
      return e.repository();
    }
    if (content instanceof SourceEvent.StatusChanged e) {
      return e.repository();
    }
    if (content instanceof SourceEvent.BranchDeleted e) {
      return e.repository();
    }
    if (content instanceof SourceEvent.PullRequestChanged e) {
      return e.repository();
    }
    if (content instanceof SourceEvent.Renamed e) {
      return e.repository();
    }
    if (content instanceof SourceEvent.Pinged e) {
      return e.repository();
    }
    return content instanceof SourceEvent.Irrelevant e ? e.repository() : null;
  }

  /** The commit it is about, if it names one. */
  public @Nullable CommitId commit() {
    if (content instanceof SourceEvent.Pushed e) {
      return e.after();
    }
    return content instanceof SourceEvent.StatusChanged e ? e.commit() : null;
  }

  /** Whether the push that it tells of carried the commit, below the new head of the branch. */
  public boolean carried(CommitId commit) {
    return content instanceof SourceEvent.Pushed e && e.commits().contains(commit);
  }

  /** This delivery with its outcome. */
  public Delivery settled(Disposition outcome) {
    return new Delivery(id, event, bodySha256, content, receivedAt, outcome, attempts);
  }

  /** This delivery after one more failed attempt. */
  public Delivery failedOnce() {
    return new Delivery(
        id, event, bodySha256, content, receivedAt, disposition, Math.addExact(attempts, 1));
  }
}

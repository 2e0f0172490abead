package io.cite.core.domain.source;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
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
  private static final Pattern POSITION = Pattern.compile("\\d{14}-[A-Za-z0-9_-]{1,100}");

  /** Milliseconds since 1970; the year 5138. */
  private static final long END_OF_TIME = 99_999_999_999_999L;

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

  /** Where it stands among others: the newer a delivery is, the earlier in the alphabet. */
  public String position() {
    return position(receivedAt) + "-" + id;
  }

  /** Follows the positions of all deliveries that were received at that time or later. */
  public static String positionBefore(Instant receivedAt) {
    return position(receivedAt) + "~";
  }

  private static String position(Instant receivedAt) {
    return String.format(Locale.ROOT, "%014d", END_OF_TIME - receivedAt.toEpochMilli());
  }

  /** Whether the text can be a {@link #position}. */
  public static boolean isPosition(String text) {
    return POSITION.matcher(text).matches();
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

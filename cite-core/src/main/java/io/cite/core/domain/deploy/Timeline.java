package io.cite.core.domain.deploy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a deployment.
 *
 * @param entries oldest first
 * @param endedAt when it ended; null while it is under way or live
 */
public record Timeline(
    List<TimelineEntry> entries, Instant requestedAt, @Nullable Instant endedAt) {
  public Timeline {
    entries = List.copyOf(entries);
  }

  /** What happened last. */
  public TimelineEntry last() {
    return entries.get(entries.size() - 1);
  }

  /** This timeline with a reason after what it begins with. */
  public Timeline explainedBy(String reason) {
    List<TimelineEntry> explained = new ArrayList<>(entries);
    TimelineEntry first = entries.get(0);
    explained.set(0, new TimelineEntry(first.at(), first.state(), first.text() + ": " + reason));
    return new Timeline(explained, requestedAt, endedAt);
  }

  Timeline and(TimelineEntry entry, @Nullable Instant end) {
    List<TimelineEntry> more = new ArrayList<>(entries);
    more.add(entry);
    return new Timeline(more, requestedAt, end);
  }
}

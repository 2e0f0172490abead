package io.cite.server.http;

import io.cite.core.error.InvalidInput;
import io.cite.core.port.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends log lines to one reader: first those that were written before the reader came, then those
 * that are written from then on, each once. Thread-safe.
 */
final class LogFeed {
  /** The last line that a reader has seen. */
  record Seen(Instant at, String pod) {
    static Seen parse(String eventId) {
      int end = eventId.indexOf('@');
      try {
        return new Seen(Instant.parse(eventId.substring(0, end)), eventId.substring(end + 1));
      } catch (DateTimeException | IndexOutOfBoundsException e) {
        throw new InvalidInput("The Last-Event-ID must be the id of an event");
      }
    }

    /** Whether the line was written later, or by another pod at the same time. */
    boolean isBefore(LogLine line) {
      Instant written = time(line);
      return written.isAfter(at) || (written.equals(at) && !line.pod().equals(pod));
    }
  }

  private final EventStream stream;
  private final Predicate<LogLine> wanted;
  private final List<LogLine> early = new ArrayList<>();
  private Set<LogLine> shown = Set.of();
  private boolean begun;

  /** A feed that holds back what comes until {@link #begin}. */
  LogFeed(EventStream stream, Predicate<LogLine> wanted) {
    this.stream = stream;
    this.wanted = wanted;
  }

  /** A line that was written just now. */
  synchronized void live(LogLine line) {
    if (!wanted.test(line)) {
      return;
    }
    if (!begun) {
      early.add(line);
    } else if (!shown.contains(line)) {
      send(line);
    }
  }

  /** Sends the earlier lines, and then what came meanwhile. */
  synchronized void begin(List<LogLine> before, @Nullable Seen last) {
    before.stream()
        .filter(line -> last == null || last.isBefore(line))
        .sorted(Comparator.comparing(LogFeed::time))
        .forEach(this::send);
    shown = new HashSet<>(before);
    begun = true;
    early.sort(Comparator.comparing(LogFeed::time));
    early.forEach(this::live);
    early.clear();
  }

  private static Instant time(LogLine line) {
    return Instant.parse(line.at());
  }

  private void send(LogLine line) {
    stream.send(
        line.at() + "@" + line.pod(),
        "line",
        Json.MAPPER.writeValueAsString(
            Map.of("at", line.at(), "pod", line.pod(), "text", line.text())));
  }
}

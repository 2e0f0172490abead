package io.cite.adapters.k8s;

import static java.util.stream.Collectors.joining;

import io.cite.core.port.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A line of a container's log as the API server gives it with time stamps.
 *
 * @param at when the container wrote it
 */
record LogText(Instant at, String text) {

  /**
   * Whether it is what a kubelet says itself in place of a log that is not there any more ("unable
   * to retrieve container logs for …", "failed to try resolving symlinks in path …"). Each line
   * that a container wrote begins with a time; what a kubelet says has none.
   */
  static boolean isGone(String log) {
    return !log.isEmpty() && time(log.lines().findFirst().orElse("")).isEmpty();
  }

  /** The lines of a log without their times. */
  static String plain(String log) {
    return log.lines().map(line -> parse(line, Instant.EPOCH).text()).collect(joining("\n"));
  }

  /** Reads {@code <RFC 3339 time> <text>}; a line without a time gets that of the one before. */
  static LogText parse(String line, Instant before) {
    return time(line)
        .map(at -> new LogText(at, line.substring(Math.min(line.length(), end(line) + 1))))
        .orElseGet(() -> new LogText(before, line));
  }

  private static Optional<Instant> time(String line) {
    try {
      return Optional.of(OffsetDateTime.parse(line.substring(0, end(line))).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int end(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line.length() : space;
  }

  LogLine of(String pod, SecretMask mask) {
    return new LogLine(at.toString(), pod, mask.apply(text));
  }
}

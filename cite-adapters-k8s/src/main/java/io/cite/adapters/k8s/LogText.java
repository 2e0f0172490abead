package io.cite.adapters.k8s;

import io.cite.core.port.Cluster.LogLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A line of a container's log as the API server gives it with time stamps.
 *
 * @param at when the container wrote it
 */
record LogText(Instant at, String text) {

  /** What a kubelet answers in place of a log that the container runtime has thrown away. */
  private static final String GONE = "unable to retrieve container logs for ";

  /** Whether it is the log of a container that nobody can read any more. */
  static boolean isGone(String log) {
    return log.startsWith(GONE);
  }

  /** Reads {@code <RFC 3339 time> <text>}; a line without a time gets that of the one before. */
  static LogText parse(String line, Instant before) {
    int space = line.indexOf(' ');
    String stamp = space < 0 ? line : line.substring(0, space);
    try {
      Instant at = OffsetDateTime.parse(stamp).toInstant();
      return new LogText(at, space < 0 ? "" : line.substring(space + 1));
    } catch (DateTimeException e) {
      return new LogText(before, line);
    }
  }

  LogLine of(String pod, SecretMask mask) {
    return new LogLine(at.toString(), pod, mask.apply(text));
  }
}

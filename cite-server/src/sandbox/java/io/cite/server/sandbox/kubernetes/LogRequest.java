package io.cite.server.sandbox.kubernetes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request for a pod's log.
 *
 * @param timestamps whether each line begins with its time
 * @param tail at most so many of the last lines; negative for all
 * @param sinceSeconds only lines younger than this; 0 for all
 * @param sinceTime only lines from this time on; null for all
 * @param previous lines of the run before the present one
 */
record LogRequest(
    boolean timestamps, int tail, int sinceSeconds, @Nullable Instant sinceTime, boolean previous) {

  static LogRequest parse(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    if (query != null) {
      for (String part : query.split("&")) {
        int equals = part.indexOf('=');
        if (equals > 0) {
          values.put(
              part.substring(0, equals),
              URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    String since = values.get("sinceTime");
    return new LogRequest(
        "true".equals(values.get("timestamps")),
        Integer.parseInt(values.getOrDefault("tailLines", "-1")),
        Integer.parseInt(values.getOrDefault("sinceSeconds", "0")),
        since == null ? null : OffsetDateTime.parse(since).toInstant(),
        "true".equals(values.get("previous")));
  }
}

package io.cite.core.engine.environment;

import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.error.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says at an environment that it waits for the limit of another system, and until when. */
final class LimitNote {
  private static final String WAITS = "waits for %s's limit, since ";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private LimitNote() {}

  /** Writes down that work on the environment waits; other attention is not replaced. */
  static void write(
      Records records, Versioned<EnvironmentState> stored, Upstream limited, Instant now) {
    Duration wait = limited.retryAfter().orElseThrow();
    @Nullable String attention = stored.value().attention();
    String waits = WAITS.formatted(limited.system());
    String until = ", until " + TIME.format(now.plus(wait).plusSeconds(59));
    boolean free = attention == null || isNote(attention);
    if (free && !(attention != null && attention.startsWith(waits) && attention.endsWith(until))) {
      String since =
          attention != null && attention.startsWith(waits)
              ? attention.substring(waits.length()).split(",", 2)[0]
              : TIME.format(now);
      EnvironmentState noted = stored.value().withAttention(waits + since + until);
      records.write().replace(stored, noted).commit();
    }
  }

  /** Deletes the note once nothing waits any more. */
  static void remove(Records records, Versioned<EnvironmentState> stored) {
    String attention = stored.value().attention();
    if (attention != null && isNote(attention)) {
      records.write().replace(stored, stored.value().withAttention(null)).commit();
    }
  }

  private static boolean isNote(String attention) {
    return attention.matches("waits for .{1,50}'s limit, since .*, until .*");
  }
}

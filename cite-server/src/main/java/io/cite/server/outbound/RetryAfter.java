package io.cite.server.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * How long a server wants to be left alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, Retry-After</a>
 */
public final class RetryAfter {
  private static final Duration DEFAULT = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * Reads the header.
   *
   * @param retryAfter seconds or a date; anything else counts as a minute
   * @param date the answer's own {@code Date}, which a date is measured against, so that the two
   *     machines' clocks need not agree
   * @return between nothing and an hour
   */
  public static Duration parse(String retryAfter, String date) {
    Duration wait = DEFAULT;
    if (retryAfter.matches("[0-9]{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(retryAfter));
    } else {
      try {
        wait = Duration.between(instant(date), instant(retryAfter));
      } catch (DateTimeException e) {
        // Neither form: the default stays.
      }
    }
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static Instant instant(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}

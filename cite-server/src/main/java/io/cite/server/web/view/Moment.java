package io.cite.server.web.view;

import io.cite.server.web.text.Texts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A time as people read it.
 *
 * @param iso as machines read it
 * @param exact to the second, shown when the mouse rests on it
 * @param text how long ago it is
 */
public record Moment(String iso, String exact, String text) {
  /** The time, seen from now. */
  public static Moment of(Texts texts, Instant time, Instant now) {
    return new Moment(
        time.truncatedTo(ChronoUnit.SECONDS).toString(), Texts.exact(time), texts.ago(time, now));
  }
}

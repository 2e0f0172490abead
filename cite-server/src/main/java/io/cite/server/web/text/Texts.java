package io.cite.server.web.text;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The texts of one language. They are in message bundles; a template has none of its own. */
public final class Texts {
  /** The languages that there are; the first one is for whoever asks for none of them. */
  public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

  private static final String BUNDLE = "io.cite.server.web.messages";
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Locale locale;
  private final ResourceBundle bundle;

  private Texts(Locale locale) {
    this.locale = locale;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE,
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The texts of a language of {@link #LANGUAGES}. */
  private static Texts in(Locale language) {
    return new Texts(language);
  }

  /**
   * The texts that a browser asks for.
   *
   * @param chosen the language that was chosen; null if none was
   * @param accepted the header {@code Accept-Language}
   */
  public static Texts wanted(@Nullable String chosen, @Nullable String accepted) {
    for (Locale language : LANGUAGES) {
      if (language.getLanguage().equals(chosen)) {
        return in(language);
      }
    }
    try {
      Locale best =
          accepted == null ? null : Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
      return in(best == null ? LANGUAGES.get(0) : best);
    } catch (IllegalArgumentException e) {
      return in(LANGUAGES.get(0));
    }
  }

  /** The language's code, as in {@code <html lang>}. */
  public String language() {
    return locale.getLanguage();
  }

  /** The text with this key, with the values filled in. */
  public String of(String key, @Nullable Object... values) {
    String[] words = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      words[i] = String.valueOf(values[i]);
    }
    return new MessageFormat(bundle.getString(key), locale).format(words);
  }

  /** The name of a constant, such as a state. */
  public String of(Enum<?> constant) {
    return of(key(constant));
  }

  /** The key of a constant's name: {@code buildState.TIMED_OUT}. */
  static String key(Enum<?> constant) {
    String type = constant.getDeclaringClass().getSimpleName();
    return type.substring(0, 1).toLowerCase(Locale.ROOT)
        + type.substring(1)
        + "."
        + constant.name();
  }

  /** How long something took or lasts, in its two largest units. */
  public String duration(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return of("duration.seconds", seconds);
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return of("duration.minutes", minutes, seconds % 60);
    }
    long hours = minutes / 60;
    return hours < 24
        ? of("duration.hours", hours, minutes % 60)
        : of("duration.days", hours / 24, hours % 24);
  }

  /** How long ago something was, in its largest unit. */
  public String ago(Instant then, Instant now) {
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    if (seconds < 60) {
      return of("ago.seconds", seconds);
    }
    if (seconds < 3_600) {
      return of("ago.minutes", seconds / 60);
    }
    return seconds < 86_400 ? of("ago.hours", seconds / 3_600) : of("ago.days", seconds / 86_400);
  }

  /** A time to the second. */
  public static String exact(Instant time) {
    return EXACT.format(time);
  }
}

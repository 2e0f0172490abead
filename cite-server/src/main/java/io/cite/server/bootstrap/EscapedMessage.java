package io.cite.server.bootstrap;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a log record, with nothing in it that a terminal or a reader could obey. */
public final class EscapedMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return escape(super.convert(event));
  }

  /**
   * Writes control characters, line separators, and characters that change the direction of text or
   * are not seen as their code.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    escaped.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\u%04x".formatted(c));
                default -> escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}

package io.cite.server.bootstrap;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The exception of a log record in the same line: its messages may come from outside as well. */
public final class EscapedException extends ThrowableProxyConverter {
  @Override
  public String convert(ILoggingEvent event) {
    String text = super.convert(event).strip();
    return text.isEmpty() ? "" : " " + EscapedMessage.escape(text.replaceAll("\\r?\\n\\t?", " | "));
  }
}

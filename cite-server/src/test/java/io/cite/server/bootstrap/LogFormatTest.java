package io.cite.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.File;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the configuration of production makes of a record. */
class LogFormatTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new File("src/main/resources/logback.xml"));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private String written(String message, @Nullable Throwable failure) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("console");
    LoggingEvent event =
        new LoggingEvent("x", root, Level.WARN, "{}", failure, new Object[] {message});
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void escapesWhatATerminalOrAReaderCouldObey() {
    String line =
        written("a\u001b[2Jb\u202ec\u2066d\u0000e\r\nf\u2028g\u00adhéł\ud83d\ude80", null);

    assertThat(line)
        .endsWith(
            "a\\u001b[2Jb\\u202ec\\u2066d\\u0000e\\r\\nf\\u2028g\\u00adhéł\ud83d\ude80"
                + System.lineSeparator());
    assertThat(line.strip().lines()).hasSize(1);
  }

  @Test
  void writesAnExceptionInTheSameLine() {
    Exception cause = new IllegalArgumentException("line one\nERROR forged\u001b[31m");

    String line = written("It failed.", new IllegalStateException("outer", cause));

    assertThat(line.strip().lines()).hasSize(1);
    assertThat(line)
        .contains("It failed. java.lang.IllegalStateException: outer | at ")
        .contains("Caused by: java.lang.IllegalArgumentException: line one | ERROR forged\\u001b")
        .doesNotContain("\u001b");
  }
}

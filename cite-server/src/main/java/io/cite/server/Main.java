package io.cite.server;

import io.cite.server.cli.CiteCommand;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the process begins. */
public final class Main {
  /** Some libraries log past our own log; held here because loggers are forgotten otherwise. */
  private static final Logger PLATFORM_LOG = Logger.getLogger("");

  private Main() {}

  /** Runs a command of {@code cite-server}; see {@code --help}. */
  public static void main(String[] arguments) {
    PLATFORM_LOG.setLevel(Level.WARNING);
    int status = CiteCommand.run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }
}

package io.cite.server;

import io.cite.server.cli.CiteCommand;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs a command of {@code cite-server}; see {@code --help}. */
  public static void main(String[] arguments) {
    int status = CiteCommand.run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }
}

package io.cite.server.cli;

import java.util.List;
import java.util.Map;

/**
 * Adds commands to the server's command line from a jar of its own. Implementations are found by
 * {@link java.util.ServiceLoader}, so they have a public constructor without parameters.
 */
public interface CommandProvider {
  /**
   * The commands: objects annotated with picocli's {@code @Command}, whose name is the word to
   * type.
   *
   * @param environment the process's environment variables
   */
  List<Object> commands(Map<String, String> environment);
}

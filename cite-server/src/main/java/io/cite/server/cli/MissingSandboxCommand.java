package io.cite.server.cli;

import io.cite.core.error.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Takes the place of a command of the sandbox if the sandbox is missing, and says so. */
@Command(hidden = true)
final class MissingSandboxCommand implements Callable<Integer> {
  private final String name;
  private final String reason;

  @Unmatched private List<String> ignored = new ArrayList<>();

  /**
   * @param reason a sentence: what is missing, and where
   */
  MissingSandboxCommand(String name, String reason) {
    this.name = name;
    this.reason = reason;
  }

  @Override
  public Integer call() {
    throw new InvalidInput(
        "The command '"
            + name
            + "' needs "
            + SandboxLoader.JAR
            + " and the directory "
            + SandboxLoader.LIBRARIES
            + " beside the server's own jar. "
            + reason);
  }
}

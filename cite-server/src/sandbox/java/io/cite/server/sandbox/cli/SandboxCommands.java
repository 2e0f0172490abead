package io.cite.server.sandbox.cli;

import io.cite.server.cli.CommandProvider;
import java.util.List;
import java.util.Map;

/** Adds {@code sandbox} and {@code sandbox-github} to the server's command line. */
public final class SandboxCommands implements CommandProvider {
  @Override
  public List<Object> commands(Map<String, String> environment) {
    return List.of(new SandboxCommand(environment), new SandboxGitHubCommand(environment));
  }
}

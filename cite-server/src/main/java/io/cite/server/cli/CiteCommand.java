package io.cite.server.cli;

import io.cite.core.error.CiteException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the server. */
@Command(
    name = "cite-server",
    description = "Takes a GitHub repository and branch to a running service on Kubernetes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      CheckCommand.class,
      DoctorCommand.class,
      AuditCommand.class,
      SandboxCommand.class,
      SandboxGitHubCommand.class
    })
public final class CiteCommand implements Runnable {
  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs a command until it ends.
   *
   * @return the process's exit status: 0 done, 1 failed, 2 wrong arguments
   */
  public static int run(String... arguments) {
    return withEnvironment(System.getenv()).execute(arguments);
  }

  static CommandLine withEnvironment(Map<String, String> environment) {
    CommandLine commands = new CommandLine(new CiteCommand(), new Commands(environment));
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof CiteException) {
            PrintWriter err = command.getErr();
            err.println(failure.getMessage());
            err.flush();
            return FAILED;
          }
          throw failure;
        });
    return commands;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  /** Hands the environment's variables to the commands that read them. */
  private record Commands(Map<String, String> environment) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      Object command;
      if (type == ServeCommand.class) {
        command = new ServeCommand(environment);
      } else if (type == CheckCommand.class) {
        command = new CheckCommand(environment);
      } else if (type == DoctorCommand.class) {
        command = new DoctorCommand(environment);
      } else if (type == AuditCommand.class) {
        command = new AuditCommand(environment);
      } else if (type == SandboxCommand.class) {
        command = new SandboxCommand(environment);
      } else if (type == SandboxGitHubCommand.class) {
        command = new SandboxGitHubCommand(environment);
      } else {
        return CommandLine.defaultFactory().create(type);
      }
      return type.cast(command);
    }
  }
}

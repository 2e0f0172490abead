package io.cite.server.cli;

import io.cite.core.error.CiteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the server. */
@Command(
    name = "cite-server",
    description = "Turns a GitHub repository and branch into a running service on Kubernetes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {ServeCommand.class, CheckCommand.class, DoctorCommand.class, AuditCommand.class})
public final class CiteCommand implements Runnable {
  private static final int FAILED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs a command until it ends.
   *
   * @return the process's exit status: 0 done, 1 failed, 2 wrong arguments
   */
  public static int run(String... arguments) {
    Map<String, String> environment = System.getenv();
    return execute(withEnvironment(environment), environment, SandboxLoader.home(), arguments);
  }

  /**
   * Runs a command. The sandbox is looked for only if the server itself has no such command: what
   * runs in production loads nothing of it.
   *
   * @param home directory in which the sandbox's jar is looked for
   */
  static int execute(
      CommandLine commands, Map<String, String> environment, Path home, String... arguments) {
    if (arguments.length > 0 && commands.getSubcommands().containsKey(arguments[0])) {
      return commands.execute(arguments);
    }
    try (SandboxLoader sandbox = SandboxLoader.open(home)) {
      sandbox.commands(environment).forEach((name, command) -> add(commands, name, command));
      return commands.execute(arguments);
    }
  }

  private static void add(CommandLine commands, String name, Object command) {
    CommandLine added = new CommandLine(command);
    added.setOut(commands.getOut()).setErr(commands.getErr());
    commands.addSubcommand(name, added);
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
    throw new ParameterException(spec.commandLine(), "Give a command.");
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
      } else {
        return CommandLine.defaultFactory().create(type);
      }
      return type.cast(command);
    }
  }
}

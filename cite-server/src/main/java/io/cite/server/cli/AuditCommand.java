package io.cite.server.cli;

import io.cite.server.bootstrap.OperatorTasks;
import io.cite.server.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds out whether the audit trail is what was written. */
@Command(
    name = "audit",
    description = "verify: finds edits, deletions and reorderings of the audit trail.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "verify", description = "What to do; there is only verify.")
  private String action = "verify";

  @Option(names = "--config", required = true, description = "The configuration, a YAML file.")
  private Path config = Path.of("cite.yaml");

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (!action.equals("verify")) {
      throw new ParameterException(spec.commandLine(), "There is only 'audit verify'");
    }
    Configuration configuration = Configuration.read(config, environment, Instant.now());
    Optional<String> change = OperatorTasks.verifyAudit(configuration);
    PrintWriter out = spec.commandLine().getOut();
    out.println(change.orElse("The audit trail is what was written"));
    out.flush();
    return change.isEmpty() ? 0 : 1;
  }
}

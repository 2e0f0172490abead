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
    description = "Verifies that no entry of the audit trail was changed, deleted or moved.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "verify", description = "The action: verify.")
  private String action = "verify";

  @Option(names = "--config", required = true, description = "The configuration file, in YAML.")
  private Path config = Path.of("cite.yaml");

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (!action.equals("verify")) {
      throw new ParameterException(spec.commandLine(), "Unknown action. Use: audit verify");
    }
    Configuration configuration = Configuration.read(config, environment, Instant.now());
    Optional<String> change = OperatorTasks.verifyAudit(configuration);
    PrintWriter out = spec.commandLine().getOut();
    out.println(change.orElse("The audit trail is complete and unchanged."));
    out.flush();
    return change.isEmpty() ? 0 : 1;
  }
}

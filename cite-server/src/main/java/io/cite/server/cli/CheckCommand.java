package io.cite.server.cli;

import io.cite.server.bootstrap.OperatorTasks;
import io.cite.server.bootstrap.OperatorTasks.Finding;
import io.cite.server.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Connects to everything that a configuration names, and says what it found. */
@Command(
    name = "check",
    description =
        "Reads a configuration, connects to every system that it names, and reports the results.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", required = true, description = "The configuration file, in YAML.")
  private Path config = Path.of("cite.yaml");

  CheckCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Configuration configuration = Configuration.read(config, environment, Instant.now());
    List<Finding> findings = OperatorTasks.check(configuration);
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.println(finding.system() + ": " + finding.failure().orElse("answers"));
    }
    out.flush();
    return findings.stream().allMatch(finding -> finding.failure().isEmpty()) ? 0 : 1;
  }
}

package io.cite.server.cli;

import io.cite.server.bootstrap.OperatorTasks;
import io.cite.server.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies the audit trail, prints its head, or signs it anew. */
@Command(
    name = "audit",
    description = {
      "verify: verifies that no entry of the audit trail was changed, deleted or moved.",
      "head: prints the head of the trail. Keep it outside, and give it to verify later.",
      "sign: accepts the trail as it is, after security.key was lost or the database restored."
    },
    footer =
        "Exit status: 0 if it is done and nothing is wrong, 1 if the trail was changed, 2 if the arguments are wrong.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  private static final String CALLER = "audit sign";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "verify|head|sign", description = "The action.")
  private String action = "verify";

  @Option(names = "--config", required = true, description = "The configuration file, in YAML.")
  private Path config = Path.of("cite.yaml");

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "For verify: a head that was printed earlier. The trail must still have it.")
  private @Nullable String head;

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return switch (action) {
      case "verify" -> verify();
      case "head" -> print(OperatorTasks.auditHead(configuration()), 0);
      case "sign" ->
          print(
              "The audit trail is signed. Its head: "
                  + OperatorTasks.signAudit(configuration(), CALLER),
              0);
      default ->
          throw new ParameterException(
              spec.commandLine(), "Unknown action. Use: audit verify, audit head, or audit sign");
    };
  }

  private int verify() {
    Optional<String> change = OperatorTasks.verifyAudit(configuration(), head);
    return change.isPresent()
        ? print(change.get(), 1)
        : print(
            "The audit trail is complete and unchanged. Its head: "
                + OperatorTasks.auditHead(configuration()),
            0);
  }

  private Configuration configuration() {
    return Configuration.read(config, environment, Instant.now());
  }

  private int print(String text, int status) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
    return status;
  }
}

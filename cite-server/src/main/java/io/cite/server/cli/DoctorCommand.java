package io.cite.server.cli;

import io.cite.core.engine.check.Finding;
import io.cite.core.engine.check.Finding.Outcome;
import io.cite.server.bootstrap.OperatorTasks;
import io.cite.server.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Finds objects without records, records without objects and work that stands still. */
@Command(
    name = "doctor",
    description =
        "Finds differences between the store and the cluster, and work that makes no progress. Repairs them with --fix.",
    footer =
        "Exit status: 0 if nothing is wrong or everything was repaired, 1 if something is left, 2 if the arguments are wrong.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final String CALLER = "doctor";

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", required = true, description = "The configuration file, in YAML.")
  private Path config = Path.of("cite.yaml");

  @Option(names = "--fix", description = "Repair what CITE can repair safely.")
  private boolean fix;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  DoctorCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Configuration configuration = Configuration.read(config, environment, Instant.now());
    List<Finding> findings = OperatorTasks.diagnose(configuration, CALLER, fix);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? asJson(findings) : asTable(findings));
    out.flush();
    return findings.stream().allMatch(finding -> finding.outcome() == Outcome.REPAIRED) ? 0 : 1;
  }

  private static String asTable(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "Nothing is wrong.";
    }
    int kinds = width(findings.stream().map(finding -> finding.kind().code()).toList());
    int targets = width(findings.stream().map(Finding::target).toList());
    String row = "%-" + kinds + "s  %-" + targets + "s  %s; %s";
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(
          row.formatted(
              finding.kind().code(), finding.target(), finding.text(), whatIsDone(finding)));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(String::length).max().orElse(1);
  }

  private static String whatIsDone(Finding finding) {
    @Nullable String repair = finding.repair();
    if (repair == null) {
      return "CITE cannot repair it";
    }
    return switch (finding.outcome()) {
      case FOUND -> "--fix would " + repair;
      case REPAIRED -> "done: " + repair;
      case LEFT -> "could not " + repair + ": " + finding.failure();
    };
  }

  private static String asJson(List<Finding> findings) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("kind", finding.kind().code());
      row.put("target", finding.target());
      row.put("text", finding.text());
      row.put("repair", finding.repair());
      row.put("outcome", finding.outcome().name().toLowerCase(Locale.ROOT));
      row.put("failure", finding.failure());
      rows.add(row);
    }
    return JsonMapper.shared().writeValueAsString(Map.of("findings", rows));
  }
}

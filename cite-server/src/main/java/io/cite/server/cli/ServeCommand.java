package io.cite.server.cli;

import io.cite.server.bootstrap.CiteServer;
import io.cite.server.config.Configuration;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server in production. */
@Command(
    name = "serve",
    description = "Runs the server with a configuration.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Option(
      names = "--config",
      required = true,
      description =
          "The configuration file, in YAML. Environment variables such as CITE_GITHUB_TOKEN take precedence.")
  private Path config = Path.of("cite.yaml");

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Configuration.read(config, environment, Instant.now());
    UntilStopped.run(CiteServer.start(configuration));
    return 0;
  }
}

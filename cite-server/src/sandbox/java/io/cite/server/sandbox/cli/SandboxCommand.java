package io.cite.server.sandbox.cli;

import io.cite.core.domain.service.Secret;
import io.cite.server.cli.UntilStopped;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Options.RealBuilds;
import io.cite.server.sandbox.Sandbox;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs CITE and everything that it needs on this machine. */
@Command(
    name = "sandbox",
    description = "Runs CITE with a fake GitHub, Buildbot and Kubernetes on this machine.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  private static final int TOKEN_BYTES = 32;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      description =
          "The port of CITE. The sandbox uses the next three ports as well. 0 uses free ports."
              + " Default: ${DEFAULT-VALUE}",
      defaultValue = "7070")
  private int port;

  @Option(names = "--data", description = "Directory for data that is kept. Without it, a temporary directory is used.")
  private @Nullable Path data;

  @Option(names = "--ready-file", description = "File that is written when every server answers.")
  private @Nullable Path readyFile;

  @Option(
      names = "--registry",
      description =
          "HOST:PORT of a registry without TLS. With it, and with buildah, docker or podman on the"
              + " path, images are really built. Without it, builds are simulated.")
  private @Nullable String registry;

  SandboxCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The administrator's token: the given one, or a random one. */
  static Secret token(Map<String, String> environment) {
    return given(environment, "CITE_SANDBOX_TOKEN");
  }

  /** The secret in a variable, or a random one. */
  static Secret given(Map<String, String> environment, String variable) {
    String value = environment.get(variable);
    if (value != null && !value.isBlank()) {
      return Secret.of(value);
    }
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  private @Nullable RealBuilds realBuilds() {
    String target = registry;
    if (target == null) {
      return null;
    }
    List<String> folders =
        List.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator));
    return Stream.of("buildah", "docker", "podman")
        .filter(tool -> folders.stream().anyMatch(f -> Files.isExecutable(Path.of(f, tool))))
        .findFirst()
        .map(tool -> new RealBuilds(tool, target))
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--registry needs buildah, docker or podman, and none is on the path"));
  }

  @Override
  public Integer call() throws Exception {
    Secret webhookSecret = given(environment, "CITE_GITHUB_WEBHOOK_SECRET");
    try (WorkDirectory directory = WorkDirectory.of(data)) {
      Sandbox sandbox =
          Sandbox.start(
              Options.in(directory.path())
                  .withPort(port)
                  .withToken(token(environment))
                  .withWebhookSecret(webhookSecret)
                  .withBuilds(realBuilds()));
      PrintWriter out = spec.commandLine().getOut();
      out.println(Banner.of(sandbox, webhookSecret));
      out.flush();
      if (readyFile != null) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cite", sandbox.cite().toString());
        facts.put("github", sandbox.github().url().toString());
        facts.put("buildbot", sandbox.buildbotUrl().toString());
        facts.put("kubernetes", sandbox.kubernetes().url());
        facts.put("token", sandbox.token().reveal());
        ReadyFile.write(readyFile, facts);
      }
      UntilStopped.run(sandbox);
    }
    return 0;
  }
}

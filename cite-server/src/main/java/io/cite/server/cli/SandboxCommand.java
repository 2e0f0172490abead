package io.cite.server.cli;

import io.cite.core.domain.service.Secret;
import io.cite.server.sandbox.Sandbox;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs CITE and everything that it needs on this machine. */
@Command(
    name = "sandbox",
    description = "Runs CITE with a GitHub, a Buildbot and a Kubernetes on this machine.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  private static final int TOKEN_BYTES = 32;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      description =
          "CITE's port, the next three for what is beside it; 0 takes free ones."
              + " Default: ${DEFAULT-VALUE}",
      defaultValue = "7070")
  private int port;

  @Option(names = "--data", description = "Directory that is kept; else a temporary one.")
  private @Nullable Path data;

  @Option(names = "--ready-file", description = "File to write once everything answers.")
  private @Nullable Path readyFile;

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

  @Override
  public Integer call() throws Exception {
    Secret webhookSecret = given(environment, "CITE_GITHUB_WEBHOOK_SECRET");
    try (WorkDirectory directory = WorkDirectory.of(data)) {
      Sandbox sandbox =
          Sandbox.start(
              io.cite.server.sandbox.Options.in(directory.path())
                  .withPort(port)
                  .withToken(token(environment))
                  .withWebhookSecret(webhookSecret));
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

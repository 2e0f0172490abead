package io.cite.server.sandbox.cli;

import io.cite.core.domain.service.Secret;
import io.cite.server.cli.UntilStopped;
import io.cite.server.sandbox.Sandbox;
import io.cite.server.sandbox.github.Options;
import io.cite.server.sandbox.github.SandboxGitHub;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs only the sandbox GitHub, for use with real systems beside it. It knows two people: one who
 * administers every repository, with the token in {@code CITE_SANDBOX_TOKEN}, and the CITE account,
 * which has yet to be invited, with the token in {@code CITE_SANDBOX_COLLABORATOR_TOKEN}. A token
 * that is not given is random and printed.
 */
@Command(
    name = "sandbox-github",
    description = "Runs a fake GitHub on this machine, for a real Buildbot, cluster and store.",
    mixinStandardHelpOptions = true)
final class SandboxGitHubCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      description = "Port to listen on. 0 uses a free port. Default: ${DEFAULT-VALUE}",
      defaultValue = "8081")
  private int port;

  @Option(names = "--host", description = "Address to listen on.", defaultValue = "127.0.0.1")
  private String host = "127.0.0.1";

  @Option(names = "--data", description = "Directory for data that is kept. Without it, a temporary directory is used.")
  private @Nullable Path data;

  @Option(names = "--ready-file", description = "File that is written when every server answers.")
  private @Nullable Path readyFile;

  SandboxGitHubCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    Secret token = SandboxCommand.token(environment);
    Secret collaborator = SandboxCommand.given(environment, "CITE_SANDBOX_COLLABORATOR_TOKEN");
    try (WorkDirectory directory = WorkDirectory.of(data)) {
      SandboxGitHub github =
          SandboxGitHub.start(
              Options.in(directory.path())
                  .withHost(host)
                  .withPort(port)
                  .withUser(Sandbox.ADMINISTRATOR, token.reveal()));
      github.addUser(Sandbox.CITE_ACCOUNT, collaborator.reveal());
      PrintWriter out = spec.commandLine().getOut();
      out.println("The sandbox GitHub answers on " + github.url());
      out.println("  token of " + Sandbox.ADMINISTRATOR + ": " + token.reveal());
      out.println("  token of " + Sandbox.CITE_ACCOUNT + ": " + collaborator.reveal());
      out.println("  git push " + github.url() + "/acme/hello.git main");
      out.flush();
      if (readyFile != null) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("github", github.url().toString());
        facts.put("token", token.reveal());
        facts.put("collaboratorToken", collaborator.reveal());
        ReadyFile.write(readyFile, facts);
      }
      UntilStopped.run(github);
    }
    return 0;
  }
}

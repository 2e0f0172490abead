package io.cite.server.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.adapters.github.GitHubSettings;
import io.cite.adapters.github.GitHubSourceHost;
import io.cite.core.contract.SourceHostContract;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.port.source.SourceHost;
import io.cite.server.sandbox.github.event.DeliveryMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The GitHub adapter keeps the contract of its port against the sandbox GitHub. */
class GitHubSourceHostContractTest extends SourceHostContract {
  @TempDir Path data;
  private SandboxGitHub sandbox;
  private GitHubSourceHost host;

  @BeforeEach
  void start() {
    sandbox =
        SandboxGitHub.start(
            Options.in(data)
                .withUser("acme", "acme-token")
                .withUser("cite-bot", "cite-token")
                .withUser("ann", "ann-token"));
    sandbox.createRepository(REPOSITORY.toString());
    sandbox.deliveries(DeliveryMode.FAIL);
    host =
        new GitHubSourceHost(
            new GitHubSettings(
                sandbox.url(),
                new GitHubSettings.Token(Secret.of("acme-token")),
                Duration.ofSeconds(30),
                Secret.of("cite-token")),
            Instant::now);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Override
  protected SourceHost host() {
    return host;
  }

  @Override
  protected CommitId commit(String branch, Map<String, String> files, String message) {
    return CommitId.parse(sandbox.commit(REPOSITORY.toString(), branch, files, message));
  }

  @Override
  protected void pushWithoutSuccess() {
    commit("main", Map.of("pushed.txt", "pushed without success"), "Push without success");
    Awaitility.await().until(sandbox::deliveriesIdle);
  }

  @Override
  protected String ownAccount() {
    return "cite-bot";
  }

  @Override
  protected String otherAccount() {
    return "ann";
  }

  @Test
  void tellsWhoseTheTokenIs() {
    assertThat(host.check()).isEqualTo("acme");
  }

  @Test
  void makesOneRequestForEachStepOfADeployment() {
    CommitId commit = commit("main", Map.of("a", "b"), "One");
    sandbox.clearCalls();
    host.repositories().head(REPOSITORY, BranchName.parse("main"));
    host.reports().statuses(REPOSITORY, commit, "c");
    host.reports().reportStatus(REPOSITORY, commit, CommitStatus.State.SUCCESS, "c", "d", null);
    host.reports()
        .announce(REPOSITORY, commit, "hello/main", new SagaId("acme/hello/main#1@0"), "d");
    host.reports()
        .findDeployments(REPOSITORY, commit, "hello/main", new SagaId("acme/hello/main#1@0"));
    assertThat(sandbox.calls()).hasSize(5);
  }
}

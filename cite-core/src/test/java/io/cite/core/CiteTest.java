package io.cite.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.create.CreateService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CiteTest {
  private static final RepositoryName REPOSITORY = RepositoryName.parse("Acme/Hello");
  private static final BranchName MAIN = BranchName.parse("main");
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("acme/hello/main");
  private static final Caller CALLER = new Caller("ada", null);

  private final InMemoryCite cite = Cite.inMemory();

  @Test
  void deploysWhatIsPushed() throws Exception {
    try (cite) {
      create();
      CommitId commit = push("second");

      Deployment live = cite.deployment(ENVIRONMENT, commit).get(30, TimeUnit.SECONDS);

      assertThat(live.state()).isEqualTo(DeploymentState.LIVE);
      assertThat(live.image().digest()).isNotNull();
      assertThat(cite.auditTrail().list(null, 10)).isNotEmpty();
    }
  }

  @Test
  void buildsWhatIsRequested() throws Exception {
    try (cite) {
      create();
      CommitId first = cite.sourceHost().repositories().head(REPOSITORY, MAIN).orElseThrow();
      CommitId second = push("second");
      cite.deployment(ENVIRONMENT, second).get(30, TimeUnit.SECONDS);
      cite.useCases().requestBuild().execute(new RequestBuild.Command(CALLER, ENVIRONMENT, first));

      await()
          .untilAsserted(
              () ->
                  assertThat(cite.useCases().catalogue().builds(ENVIRONMENT))
                      .filteredOn(build -> build.commit().equals(first))
                      .singleElement()
                      .extracting(Build::state)
                      .isEqualTo(BuildState.SUCCEEDED));
    }
  }

  @Test
  void tellsOfADeploymentThatFailed() throws Exception {
    try (cite) {
      cite.cluster().failRolloutsOf(spec -> true);
      create();
      CommitId commit = push("broken");

      Deployment failed = cite.deployment(ENVIRONMENT, commit).get(30, TimeUnit.SECONDS);

      assertThat(failed.state()).isEqualTo(DeploymentState.FAILED);
      assertThat(failed.outcome().cause()).isNotBlank();
    }
  }

  @Test
  void hasNoThreadsAfterItIsClosed() {
    assertThat(threads()).isNotEmpty();

    cite.close();

    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("cite-engine-"))
        .toList();
  }

  @Test
  void refusesToStartWithoutAPart() {
    try (cite) {
      CiteBuilder builder = Cite.builder().sourceHost(new InMemorySourceHost(() -> Instant.EPOCH));

      assertThatThrownBy(builder::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("CITE cannot start: builder is missing.");
    }
  }

  private void create() {
    cite.sourceHost().create(REPOSITORY, MAIN);
    cite.sourceHost()
        .push(REPOSITORY, MAIN, "first", Map.of("Dockerfile", "FROM scratch\nEXPOSE 8080\n"));
    cite.useCases().createService().execute(CreateService.Command.of(CALLER, REPOSITORY));
  }

  private CommitId push(String message) {
    return cite.sourceHost().push(REPOSITORY, MAIN, message, Map.of("text", message));
  }
}

package io.cite.server.sandbox.buildbot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.BuilderContract;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import io.cite.server.adapter.buildbot.BuildbotBuilder;
import io.cite.server.adapter.buildbot.BuildbotSettings;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.fixture.LocalServer.Request;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.json.JsonMapper;

/** The adapter of production with the Buildbot of the sandbox. */
class SandboxBuilderContractTest extends BuilderContract {
  private static final Secret SECRET = Secret.of("hook secret");

  private volatile String dockerfile = "FROM scratch\n";
  private final LocalServer github = new LocalServer(this::answer);
  private final SandboxBuildbot buildbot =
      SandboxBuildbot.start(
          Options.of(github.url(), Secret.of("t0ken"), SECRET).withDelay(Duration.ZERO));
  private final BuildbotBuilder builder =
      new BuildbotBuilder(new BuildbotSettings(buildbot.hook(), SECRET, buildbot.url()));

  @AfterEach
  void stop() {
    buildbot.close();
    github.close();
  }

  private Reply answer(Request request) {
    if (request.target().contains("/contents/Dockerfile")) {
      String content = Base64.getMimeEncoder().encodeToString(dockerfile.getBytes(UTF_8));
      return Reply.of(200, JsonMapper.shared().writeValueAsString(Map.of("content", content)));
    }
    return Reply.of(201, "{}");
  }

  @Override
  protected Builder builder() {
    return builder;
  }

  @Override
  protected LogUrl givenLog(String... lines) {
    return buildbot.putLog(List.of(lines));
  }

  @Override
  protected Optional<ImageReference> givenRun(BuilderRun.State state) {
    dockerfile = state == BuilderRun.State.FAILED ? "RUN false\n" : "FROM scratch\n";
    if (state == BuilderRun.State.RUNNING) {
      buildbot.faults().add(Fault.NEVER_ENDS);
    }
    int before = builder.runs(REPOSITORY, COMMIT.id()).size();
    builder.request(REPOSITORY, BranchName.parse("main"), COMMIT);
    await()
        .until(
            () -> {
              List<BuilderRun> runs = builder.runs(REPOSITORY, COMMIT.id());
              return runs.size() > before && runs.get(before).state() == state;
            });
    return Optional.ofNullable(builder.runs(REPOSITORY, COMMIT.id()).get(before).image());
  }

  @Override
  protected int requests() {
    return builder.runs(REPOSITORY, COMMIT.id()).size();
  }
}

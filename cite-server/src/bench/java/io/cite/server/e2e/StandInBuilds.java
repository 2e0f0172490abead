package io.cite.server.e2e;

import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Buildbot's REST interface with builds that nobody made: CITE deploys no image of which Buildbot
 * knows nothing. It answers everything else as Buildbot does.
 */
final class StandInBuilds implements AutoCloseable {
  private static final String BUILDS = "/api/v2/builds?";

  private final JsonClient buildbot;
  private final List<Map<String, Object>> builds = new CopyOnWriteArrayList<>();
  private final AtomicLong number = new AtomicLong(1_000_000);
  private final LocalServer server = new LocalServer(this::answer);

  StandInBuilds(URI buildbot) {
    this.buildbot = new JsonClient(buildbot, null);
  }

  URI url() {
    return server.url();
  }

  /** A build of the commit has succeeded with this image. */
  void succeeded(String repository, String branch, String commit, String image) {
    builds.add(
        Map.of(
            "buildid",
            number.incrementAndGet(),
            "complete",
            true,
            "results",
            0,
            "properties",
            Map.of(
                "project", List.of(repository, "Change"),
                "branch", List.of(branch, "Change"),
                "revision", List.of(commit, "Change"),
                "imageName", List.of(image, "Build"))));
  }

  private Reply answer(LocalServer.Request request) {
    if (!builds.isEmpty() && request.target().startsWith(BUILDS)) {
      return Reply.of(200, JsonMapper.shared().writeValueAsString(Map.of("builds", builds)))
          .with("Content-Type", "application/json");
    }
    JsonClient.Answer real = buildbot.get(request.target());
    return Reply.of(real.status(), real.body()).with("Content-Type", real.contentType());
  }

  @Override
  public void close() {
    server.close();
  }
}

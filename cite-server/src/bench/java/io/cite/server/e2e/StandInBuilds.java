package io.cite.server.e2e;

import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI buildbot;
  private final List<Map<String, Object>> builds = new CopyOnWriteArrayList<>();
  private final AtomicLong number = new AtomicLong(1_000_000);
  private final LocalServer server = new LocalServer(this::answer);

  StandInBuilds(URI buildbot) {
    this.buildbot = buildbot;
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
    try {
      HttpResponse<String> real =
          client.send(
              HttpRequest.newBuilder(buildbot.resolve(request.target())).build(),
              HttpResponse.BodyHandlers.ofString());
      return Reply.of(real.statusCode(), real.body()).with("Content-Type", "application/json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

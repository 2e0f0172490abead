package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.service.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a sandbox Buildbot starts.
 *
 * @param port 0 for a free one
 * @param githubApi root of the REST API that sources are read from and statuses are written to
 * @param token for that API
 * @param secret what events to the change hook must be signed with
 * @param delay how long a build takes
 * @param tool what really builds; without one, builds are simulated
 * @param images the file that keeps which images there are; without one, they are kept in memory
 */
public record Options(
    String host,
    int port,
    URI githubApi,
    Secret token,
    Secret secret,
    Duration delay,
    Optional<Tool> tool,
    Optional<Path> images) {
  private static final Duration DELAY = Duration.ofMillis(300);

  /**
   * A program that builds and pushes images.
   *
   * @param command {@code buildah}, {@code docker} or {@code podman}
   * @param registry host and port that images are pushed to
   * @param cloneBase repositories are cloned from {@code {cloneBase}/{owner}/{name}.git}
   */
  public record Tool(String command, String registry, URI cloneBase) {}

  /** Loopback, a free port, simulated builds of a third of a second. */
  public static Options of(URI githubApi, Secret token, Secret secret) {
    return new Options("127.0.0.1", 0, githubApi, token, secret, DELAY, Optional.empty(), Optional.empty());
  }

  /** These options with another port. */
  public Options withPort(int number) {
    return new Options(host, number, githubApi, token, secret, delay, tool, images);
  }

  /** These options with builds that take so long. */
  public Options withDelay(Duration time) {
    return new Options(host, port, githubApi, token, secret, time, tool, images);
  }

  /** These options with real builds. */
  public Options withTool(Tool program) {
    return new Options(host, port, githubApi, token, secret, delay, Optional.of(program), images);
  }

  /** These options with a file that keeps which images there are. */
  public Options withImages(Path file) {
    return new Options(host, port, githubApi, token, secret, delay, tool, Optional.of(file));
  }
}

package io.cite.server.sandbox;

import io.cite.core.domain.service.Secret;
import io.cite.server.bootstrap.CiteServer;
import io.cite.server.config.Configuration;
import io.cite.server.sandbox.buildbot.SandboxBuildbot;
import io.cite.server.sandbox.github.SandboxGitHub;
import io.cite.server.sandbox.github.oauth.OAuthApp;
import io.cite.server.sandbox.kubernetes.SandboxKubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CITE as in production, with a GitHub, a Buildbot and a Kubernetes of its own, all on loopback and
 * over real HTTP. Everything answers when {@link #start} returns. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
  /** Login of the person who administers the sandbox GitHub. */
  public static final String ADMINISTRATOR = "admin";

  /** Login of the CITE account. */
  public static final String CITE_ACCOUNT = "cite-bot";

  /** The repository that is there from the start. */
  public static final String REPOSITORY = "acme/hello";

  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
  private static final String HOST = "127.0.0.1";
  private static final String DOCKERFILE =
      """
      FROM docker.io/library/busybox:1.36
      COPY . /www
      EXPOSE 8080
      CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
      """;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Options options;
  private final URI cite;
  private final SandboxGitHub github;
  private final SandboxBuildbot buildbot;
  private final SandboxKubernetes kubernetes;

  private Sandbox(Options options) throws IOException {
    this.options = options;
    int port = options.port() == 0 ? freePort() : options.port();
    this.cite = URI.create("http://" + HOST + ":" + port);
    try {
      Secret buildbotSecret = SandboxSecrets.kept(options.data().resolve("buildbot.secret"));
      this.github = opened(startGitHub());
      this.buildbot = opened(SandboxBuildbot.start(buildbotOptions(buildbotSecret)));
      this.kubernetes = opened(SandboxKubernetes.start(HOST, beside(3), options.data().resolve("kubernetes.json")));
      String yaml =
          SandboxConfiguration.yaml(
              options, cite, github.url(), buildbot, kubernetes.url(), buildbotSecret);
      opened(CiteServer.start(Configuration.parse(yaml, Map.of(), Instant.now())));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything.
   *
   * @throws io.cite.core.error.CiteException if a part cannot be started
   */
  public static Sandbox start(Options options) {
    try {
      Files.createDirectories(options.data());
      return new Sandbox(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private io.cite.server.sandbox.buildbot.Options buildbotOptions(Secret secret) {
    var usual =
        io.cite.server.sandbox.buildbot.Options.of(github.url(), options.token(), secret)
            .withPort(beside(2))
            .withDelay(options.buildDelay())
            .withImages(options.data().resolve("images.txt"));
    Options.RealBuilds real = options.builds();
    return real == null
        ? usual
        : usual.withTool(
            new io.cite.server.sandbox.buildbot.Options.Tool(
                real.tool(), real.registry(), github.url()));
  }

  private SandboxGitHub startGitHub() throws IOException {
    Path data = options.data().resolve("github");
    boolean isNew = !Files.exists(data.resolve("state.json"));
    Files.createDirectories(data);
    SandboxGitHub started =
        SandboxGitHub.start(
            io.cite.server.sandbox.github.Options.in(data)
                .withPort(beside(1))
                .withUser(ADMINISTRATOR, options.token().reveal()));
    started.addUser(
        CITE_ACCOUNT, SandboxSecrets.kept(options.data().resolve("cite-bot.token")).reveal());
    started.registerApp(
        new OAuthApp(
            SandboxConfiguration.CLIENT_ID,
            SandboxConfiguration.clientSecret(options.data()).reveal(),
            cite + "/login/callback"));
    if (isNew && options.seeded()) {
      started.createRepository(REPOSITORY);
      started.setPermission(REPOSITORY, ADMINISTRATOR, "admin");
      started.commit(
          REPOSITORY,
          "main",
          Map.of("Dockerfile", DOCKERFILE, "index.html", "<h1>Hello</h1>\n"),
          "Say hello");
    }
    return started;
  }

  private int beside(int distance) {
    return options.port() == 0 ? 0 : options.port() + distance;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** Where CITE answers. */
  public URI cite() {
    return cite;
  }

  /** The token of the administrator, at CITE and at the sandbox GitHub. */
  public Secret token() {
    return options.token();
  }

  /** The GitHub of this sandbox. */
  public SandboxGitHub github() {
    return github;
  }

  /** The Buildbot of this sandbox. */
  public SandboxBuildbot buildbot() {
    return buildbot;
  }

  /** Where Buildbot answers. */
  public URI buildbotUrl() {
    return buildbot.url();
  }

  /** The Kubernetes of this sandbox. */
  public SandboxKubernetes kubernetes() {
    return kubernetes;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        // the others have to be closed all the same
        LOG.debug("CITE could not close {}.", part, e);
      }
    }
  }
}

package io.cite.server.durability;

import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.Secret;
import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.ServerKeys;
import io.cite.server.fixture.ShortLived;
import io.cite.server.sandbox.buildbot.SandboxBuildbot;
import io.cite.server.sandbox.github.Options;
import io.cite.server.sandbox.github.SandboxGitHub;
import io.cite.server.sandbox.kubernetes.SandboxKubernetes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code serve} with the embedded store, as a process that a test may end as it likes. The GitHub,
 * Buildbot and Kubernetes of the sandbox run in the process of the test, so they go on meanwhile.
 */
final class EmbeddedServer implements AutoCloseable {
  static final String REPOSITORY = "acme/hello";
  static final String SERVICE = "/v1/services/acme/hello";
  static final String ENVIRONMENT = SERVICE + "/environments/main";
  static final String WEBHOOK_SECRET = ServerKeys.secret();

  private static final String HOST = "127.0.0.1";
  private static final String ACCOUNT = "cite-bot";
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int ENOUGH_CALLS = 100_000_000;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Path folder;
  private final Path data;
  private final String token = ServerKeys.secret();
  private final Map<String, Object> keys = new TreeMap<>();
  private final SandboxGitHub github;
  private final URI url;
  private @Nullable CiteProcess process;

  /**
   * A server that does not run yet.
   *
   * @param folder for configuration and the sandbox's systems
   * @param data where the server's databases lie
   */
  EmbeddedServer(Path folder, Path data) throws IOException {
    this.folder = folder;
    this.data = data;
    String account = ServerKeys.secret();
    github =
        opened(
            SandboxGitHub.start(
                Options.in(Files.createDirectories(folder.resolve("github")))
                    .withRateLimit(ENOUGH_CALLS)
                    .withUser("admin", token)
                    .withUser(ACCOUNT, account)));
    Secret secret = Secret.of(ServerKeys.secret());
    SandboxBuildbot buildbot =
        opened(
            SandboxBuildbot.start(
                io.cite.server.sandbox.buildbot.Options.of(github.url(), Secret.of(token), secret)
                    .withDelay(Duration.ofMillis(50))));
    SandboxKubernetes kubernetes = opened(SandboxKubernetes.start(HOST, 0));
    int port = ServerKeys.freePort();
    url = URI.create("http://" + HOST + ":" + port);
    keys.put("http.host", HOST);
    keys.put("http.port", port);
    keys.put("http.publicUrl", url.toString());
    keys.put("http.limits.api", 1_000_000);
    keys.put("api.tokens", List.of(ServerKeys.apiToken("operator", null, token)));
    keys.put("github.api", github.url().toString());
    keys.put("github.url", github.url().toString());
    keys.put("github.token", token);
    keys.put("github.webhookSecret", WEBHOOK_SECRET);
    keys.put("github.collaborator", ACCOUNT);
    keys.put("github.collaboratorToken", account);
    keys.put("buildbot.hook", buildbot.hook().toString());
    keys.put("buildbot.url", buildbot.url().toString());
    keys.put("buildbot.secret", secret.reveal());
    keys.put("kubernetes.api", kubernetes.url());
    keys.put("registry.url", buildbot.url().toString());
    keys.put("store.type", "embedded");
    keys.put("store.embedded.file", data.resolve("cite").toString());
    keys.put("audit.jdbcUrl", "jdbc:sqlite:" + data.resolve("audit.db"));
    keys.put("retention.rollouts", "1m");
    keys.put("security.key", ServerKeys.sealingKey());
  }

  /** Sets a key of the configuration, before the next start. */
  EmbeddedServer with(String key, Object value) {
    keys.put(key, value);
    return this;
  }

  /** The repository {@code acme/hello}, with a commit. */
  void seed() {
    github.createRepository(REPOSITORY);
    github.setPermission(REPOSITORY, "admin", "admin");
    push("first");
  }

  /** Commits a file with that text to the branch {@code main}; the commit's id. */
  String push(String text) {
    return github.commit(
        REPOSITORY,
        "main",
        Map.of("Dockerfile", "FROM scratch\nEXPOSE 8080\n", "text", text),
        "Say " + text);
  }

  /** Starts a process; it does not answer yet when this returns. */
  CiteProcess start(String name) {
    CiteProcess started =
        CiteProcess.start(
            name, ShortLived.variables(), "serve", "--config", configuration().toString());
    process = started;
    return started;
  }

  /** Starts a process, which is ready when this returns. */
  CiteProcess startReady(String name) {
    return start(name).awaiting(() -> answers("/readyz"));
  }

  /** Makes a service of the repository, and waits until a commit is live; that commit. */
  String createService() {
    cite().post("/v1/services", Map.of("repository", REPOSITORY)).expect(202);
    await("the service")
        .atMost(SOON)
        .until(() -> List.of("READY", "DEGRADED").contains(cite().get(SERVICE).text("state")));
    String commit = push("first of the service");
    awaitLive(commit);
    return commit;
  }

  /** Waits until that commit is live. */
  void awaitLive(String commit) {
    await("commit " + commit + " to be live")
        .atMost(SOON)
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> cite().get(ENVIRONMENT).json().at("/live/commit").asString(""), commit::equals);
  }

  /** The configuration as it is now, in a file. */
  Path configuration() {
    try {
      // JSON is YAML too
      return Files.writeString(
          folder.resolve("cite.yaml"), JsonMapper.shared().writeValueAsString(keys));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether that page is there now. */
  boolean answers(String path) {
    try {
      return new JsonClient(url, null).get(path).status() == 200;
    } catch (UncheckedIOException e) {
      return false; // it does not listen
    }
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() {
    CiteProcess running = process;
    process = null;
    if (running != null) {
      running.kill();
    }
  }

  JsonClient cite() {
    return new JsonClient(url, token);
  }

  JsonClient github() {
    return new JsonClient(github.url(), token);
  }

  Path data() {
    return data;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    kill();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

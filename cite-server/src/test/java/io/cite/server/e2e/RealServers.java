package io.cite.server.e2e;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.ServerKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * CITE as a process of its own between real servers, with the sandbox GitHub, another process, in
 * GitHub's place. If a server is not there the test is skipped or fails, as {@link Servers} says.
 */
final class RealServers implements AutoCloseable {
  static final String WEBHOOK_SECRET = ServerKeys.secret();

  private static final String HOST = "127.0.0.1";
  private static final String CITE_TOKEN = ServerKeys.secret();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<String, Object> keys = new TreeMap<>();
  private final Path folder;
  private final URI github;
  private final URI cite;
  private final String gitHubToken;
  private final String collaboratorToken = ServerKeys.secret();

  private RealServers(Path folder) throws IOException {
    this.folder = folder;
    this.github = URI.create(Servers.require("RIG_GITHUB_API"));
    this.gitHubToken = Servers.require("RIG_GITHUB_TOKEN");
    int port = ServerKeys.freePort();
    this.cite = URI.create("http://" + HOST + ":" + port);
    keys.put("http.host", HOST);
    keys.put("http.port", port);
    keys.put("http.publicUrl", cite.toString());
    keys.put("http.limits.api", 100_000);
    keys.put("api.tokens", List.of(ServerKeys.apiToken("e2e", null, CITE_TOKEN)));
    keys.put("github.api", github.toString());
    keys.put("github.url", github.toString());
    keys.put("github.token", gitHubToken);
    keys.put("github.webhookSecret", WEBHOOK_SECRET);
    keys.put("github.collaborator", "cite-bot");
    keys.put("github.collaboratorToken", collaboratorToken);
    keys.put("buildbot.hook", Servers.require("CITE_BUILDBOT_HOOK"));
    keys.put("buildbot.url", Servers.require("CITE_BUILDBOT_URL"));
    keys.put("buildbot.secret", Servers.require("CITE_WEBHOOK_SECRET"));
    keys.put("kubernetes.kubeconfig", Servers.require("KUBECONFIG"));
    keys.put("kubernetes.serviceType", "NodePort");
    keys.put("kubernetes.nodeHost", HOST);
    keys.put("store.type", "etcd");
    keys.put(
        "store.etcd.endpoints", Arrays.asList(Servers.require("CITE_ETCD_ENDPOINTS").split(",")));
    keys.put("elasticsearch.url", Servers.require("CITE_ELASTICSEARCH_URL"));
    keys.put("registry.url", "http://" + Servers.require("CITE_REGISTRY"));
    keys.put("registry.prefix", Servers.require("CITE_REGISTRY"));
    keys.put("audit.jdbcUrl", "jdbc:sqlite:" + folder.resolve("audit.db").toAbsolutePath());
    keys.put("notifications.privateTargets", true);
    keys.put("security.key", ServerKeys.sealingKey());
  }

  /** Starts both processes; they answer when this returns. */
  static RealServers start(Path folder) throws IOException {
    return start(folder, Map.of());
  }

  /** Starts both processes, with some keys of the configuration set otherwise. */
  static RealServers start(Path folder, Map<String, Object> otherwise) throws IOException {
    RealServers servers = new RealServers(folder);
    servers.keys.putAll(otherwise);
    try {
      servers.startGitHub();
      Path config = servers.configuration("cite.yaml", Map.of());
      CiteProcess serve =
          servers.opened(CiteProcess.start("serve", Map.of(), "serve", "--config", config + ""));
      serve.awaiting(() -> answers(servers.cite, "/readyz"));
      return servers;
    } catch (RuntimeException | Error e) {
      servers.close();
      throw e;
    }
  }

  private void startGitHub() {
    CiteProcess process =
        opened(
            CiteProcess.start(
                "sandbox-github",
                Map.of(
                    "CITE_SANDBOX_TOKEN",
                    gitHubToken,
                    "CITE_SANDBOX_COLLABORATOR_TOKEN",
                    collaboratorToken),
                "sandbox-github",
                "--port",
                Integer.toString(github.getPort()),
                "--data",
                folder.resolve("github").toString(),
                "--ready-file",
                folder.resolve("github.json").toString()));
    process.awaiting(() -> Files.exists(folder.resolve("github.json")));
  }

  private static boolean answers(URI server, String path) {
    try {
      return new JsonClient(server, null).get(path).status() == 200;
    } catch (java.io.UncheckedIOException e) {
      return false; // it does not listen yet
    }
  }

  /** Writes the configuration, with some keys set otherwise, under a name. */
  Path configuration(String name, Map<String, Object> otherwise) throws IOException {
    Map<String, Object> all = new TreeMap<>(keys);
    all.putAll(otherwise);
    // JSON is YAML too
    return Files.writeString(folder.resolve(name), JsonMapper.shared().writeValueAsString(all));
  }

  /** CITE's interface. */
  JsonClient cite() {
    return new JsonClient(cite, CITE_TOKEN);
  }

  /** Where CITE takes webhooks. */
  String ownHook() {
    return cite + "/v1/github";
  }

  /** GitHub's REST interface. */
  JsonClient github() {
    return new JsonClient(github, gitHubToken);
  }

  /** All items of a list at GitHub. */
  List<JsonNode> listed(String path) {
    return github().get(path).expect(200).json().valueStream().toList();
  }

  /** A working copy of a repository at GitHub that need not exist yet. */
  Checkout checkout(String repository) throws Exception {
    return opened(
        new Checkout(
            Files.createDirectories(folder.resolve("checkout")),
            URI.create(github + "/" + repository + ".git"),
            "main",
            gitHubToken));
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

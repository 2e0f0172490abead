package io.cite.server.chaos;

import static org.awaitility.Awaitility.await;

import io.cite.adapters.etcd.EtcdConnection;
import io.cite.adapters.etcd.EtcdMetadataStore;
import io.cite.adapters.etcd.EtcdSettings;
import io.cite.core.contract.Servers;
import io.cite.core.domain.service.Secret;
import io.cite.core.engine.record.Records;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.sdk.CiteClient;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.ServerKeys;
import io.cite.server.sandbox.buildbot.SandboxBuildbot;
import io.cite.server.sandbox.github.Options;
import io.cite.server.sandbox.github.SandboxGitHub;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two servers on an etcd of three members and a real Kubernetes control plane whose hollow nodes
 * run no containers. GitHub, Buildbot and the registry are the sandbox's. Each server reaches them
 * through proxies of its own.
 */
final class World implements AutoCloseable {
  /** How long after the last heartbeat the other server may lead. */
  static final Duration LEASE = Duration.ofSeconds(5);

  static final Duration SWEEP = Duration.ofSeconds(5);

  /** How long a build or a rollout may take. */
  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final String HOST = "127.0.0.1";
  private static final String ACCOUNT = "cite-bot";
  private static final int ENOUGH_CALLS = 100_000_000;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Path folder;
  private final String token = ServerKeys.secret();
  private final String collaboratorToken = ServerKeys.secret();
  private final EtcdMembers members = new EtcdMembers();
  private final KubernetesClient kubernetes;
  private final MetadataStore store;
  private final SandboxGitHub github;
  private final SandboxBuildbot buildbot;
  private final Ingress ingress;
  private final List<Replica> replicas = new ArrayList<>();
  private final Set<String> owners = new ConcurrentSkipListSet<>();

  World(Path folder, Random random) throws IOException {
    this.folder = folder;
    // for a process that is asked to end; one that ends by itself has closed everything
    Runtime.getRuntime().addShutdownHook(new Thread(this::removeNamespaces));
    String kubeconfig = Servers.require("KUBECONFIG");
    kubernetes = opened(new KubernetesClientBuilder().build());
    store =
        new EtcdMetadataStore(
            opened(
                new EtcdConnection(
                    EtcdSettings.of(members.endpoints()).withCallTimeout(Duration.ofSeconds(10)))));
    empty();
    Secret buildbotSecret = Secret.of(ServerKeys.secret());
    github =
        opened(
            SandboxGitHub.start(
                Options.in(Files.createDirectories(folder.resolve("github")))
                    .withRateLimit(ENOUGH_CALLS)
                    .withUser("admin", token)
                    .withUser(ACCOUNT, collaboratorToken)));
    buildbot =
        opened(
            SandboxBuildbot.start(
                io.cite.server.sandbox.buildbot.Options.of(
                        github.url(), Secret.of(token), buildbotSecret)
                    .withDelay(Duration.ofMillis(50))));
    int[] ports = {ServerKeys.freePort(), ServerKeys.freePort(), ServerKeys.freePort()};
    ingress = opened(new Ingress(List.of(address(ports[1]), address(ports[2])), ports[0], random));
    Map<String, Object> keys = common(address(ports[0]), buildbotSecret);
    for (int i = 1; i < ports.length; i++) {
      replicas.add(replica("replica-" + i, ports[i], keys, Path.of(kubeconfig)));
    }
  }

  private Map<String, Object> common(URI publicUrl, Secret buildbotSecret) {
    Map<String, Object> keys = new TreeMap<>();
    keys.put("http.host", HOST);
    keys.put("http.publicUrl", publicUrl.toString());
    keys.put("http.limits.api", 1_000_000);
    keys.put("http.limits.unsigned", 1_000_000);
    keys.put("api.tokens", List.of(ServerKeys.apiToken("chaos", null, token)));
    keys.put("github.url", github.url().toString());
    keys.put("github.token", token);
    keys.put("github.webhookSecret", ServerKeys.secret());
    keys.put("github.collaborator", ACCOUNT);
    keys.put("github.collaboratorToken", collaboratorToken);
    keys.put("buildbot.hook", buildbot.hook().toString());
    keys.put("buildbot.url", buildbot.url().toString());
    keys.put("buildbot.secret", buildbotSecret.reveal());
    keys.put("buildbot.buildTimeout", TIMEOUT.toSeconds() + "s");
    keys.put("kubernetes.nodeSelector", List.of("rig=hollow"));
    keys.put("kubernetes.tolerations", List.of("rig=hollow:NoSchedule"));
    keys.put("kubernetes.rolloutTimeout", TIMEOUT.toSeconds() + "s");
    keys.put("store.type", "etcd");
    keys.put("store.etcd.lease", LEASE.toSeconds() + "s");
    keys.put("registry.url", buildbot.url().toString());
    keys.put("retention.rollouts", "30s");
    keys.put("retention.rolloutsPerEnvironment", 2);
    keys.put("sweep.interval", SWEEP.toSeconds() + "s");
    keys.put("sweep.requestsPerHour", 1_000_000);
    keys.put("security.key", ServerKeys.sealingKey());
    return keys;
  }

  private Replica replica(String name, int port, Map<String, Object> common, Path kubeconfig)
      throws IOException {
    List<TcpProxy> network = new ArrayList<>();
    List<String> etcd = new ArrayList<>();
    for (URI member : members.endpoints()) {
      etcd.add(proxied(member, network).toString());
    }
    String access = Files.readString(kubeconfig);
    URI server = URI.create(kubernetes.getMasterUrl().toString());
    URI api = proxied(server, network);
    Path own = folder.resolve(name + "-kubeconfig");
    Files.writeString(own, access.replace(server.getAuthority(), api.getAuthority()));
    Map<String, Object> keys = new TreeMap<>(common);
    keys.put("http.port", port);
    keys.put("github.api", proxied(github.url(), network).toString());
    keys.put("kubernetes.kubeconfig", own.toString());
    keys.put("store.etcd.endpoints", etcd);
    keys.put("audit.jdbcUrl", "jdbc:sqlite:" + folder.resolve(name + "-audit.db").toAbsolutePath());
    Path configuration = folder.resolve(name + ".yaml");
    // JSON is YAML too
    Files.writeString(configuration, JsonMapper.shared().writeValueAsString(keys));
    return new Replica(name, address(port), token, configuration, network);
  }

  private static URI proxied(URI target, List<TcpProxy> network) {
    TcpProxy proxy = new TcpProxy(target);
    network.add(proxy);
    return URI.create(target.getScheme() + "://" + HOST + ":" + proxy.port());
  }

  /** Starts all servers; they answer when this returns. */
  void start() {
    replicas.forEach(Replica::start);
    replicas.forEach(Replica::awaitReady);
    await().atMost(Duration.ofSeconds(30)).until(() -> leader().isPresent());
  }

  Optional<Replica> leader() {
    return replicas.stream().filter(Replica::isLeading).findFirst();
  }

  List<Replica> replicas() {
    return List.copyOf(replicas);
  }

  EtcdMembers members() {
    return members;
  }

  Ingress ingress() {
    return ingress;
  }

  SandboxGitHub github() {
    return github;
  }

  KubernetesClient kubernetes() {
    return kubernetes;
  }

  /** What is stored, read past the servers. */
  Records records() {
    return new Records(store);
  }

  /** The keys of everything that is stored. */
  List<String> keys() {
    return entries().stream().map(Entry::key).toList();
  }

  /** A client that meets a server chosen at random with each request, also with a repeated one. */
  CiteClient client() {
    return opened(
        CiteClient.builder(ingress.url()).token(token).timeout(Duration.ofSeconds(15)).build());
  }

  /** What asks one server, and no other. */
  JsonClient asks(Replica replica) {
    return new JsonClient(replica.url(), token);
  }

  /** A document at GitHub. */
  JsonNode at(String path) {
    return new JsonClient(github.url(), token).get(path).expect(200).json();
  }

  /** All pages of a list at GitHub. */
  List<JsonNode> listed(String path) {
    JsonClient client = new JsonClient(github.url(), token);
    List<JsonNode> all = new ArrayList<>();
    for (int page = 1; ; page++) {
      List<JsonNode> some =
          client.get(path + "?per_page=100&page=" + page).expect(200).json().valueStream().toList();
      all.addAll(some);
      if (some.size() < 100) {
        return all;
      }
    }
  }

  private List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    String after = null;
    for (List<Entry> page = store.list("/cite/", after, 500);
        !page.isEmpty();
        page = store.list("/cite/", after, 500)) {
      all.addAll(page);
      after = page.get(page.size() - 1).key();
    }
    return all;
  }

  /** Removes what an earlier run left in etcd. */
  private void empty() {
    List<Change> deletions = new ArrayList<>();
    entries().forEach(entry -> deletions.add(new Change.Delete(entry.key())));
    for (int from = 0; from < deletions.size(); from += 100) {
      store.commit(
          new Transaction(
              List.of(), deletions.subList(from, Math.min(from + 100, deletions.size()))));
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static URI address(int port) {
    return URI.create("http://" + HOST + ":" + port);
  }

  /** An owner whose namespace goes with this world. */
  String owner(String name) {
    owners.add(name);
    return name;
  }

  private void removeNamespaces() {
    owners.forEach(owner -> kubernetes.namespaces().withName(owner).delete());
    owners.clear();
  }

  /** Ends the servers, mends what is broken and leaves nothing behind, whatever state it is in. */
  @Override
  public void close() {
    List<AutoCloseable> steps = new ArrayList<>(replicas);
    steps.add(members);
    steps.add(this::removeNamespaces);
    steps.add(this::empty);
    steps.addAll(open);
    List<Exception> failures = new ArrayList<>();
    for (AutoCloseable step : steps) {
      try {
        step.close();
      } catch (Exception | AssertionError e) {
        failures.add(new IllegalStateException(e));
      }
    }
    if (!failures.isEmpty()) {
      IllegalStateException all = new IllegalStateException("Could not all be deleted");
      failures.forEach(all::addSuppressed);
      throw all;
    }
  }
}

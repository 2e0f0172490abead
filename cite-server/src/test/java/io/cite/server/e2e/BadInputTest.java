package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.Secret;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.ServerKeys;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import io.cite.server.sandbox.github.SandboxGitHub;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What cannot be done is refused in words, and nothing is written anywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String BOB = "bob-has-no-rights";
  private static final Map<String, String> DOCKERFILE = Map.of("Dockerfile", "FROM scratch\n");
  private static final String NO_COMMIT = "0123456789012345678901234567890123456789";
  static final String LONG = "n".repeat(100);

  private Options options;
  private Sandbox sandbox;
  private JsonClient cite;

  @BeforeAll
  void start(@TempDir Path data) {
    options =
        Options.in(data).with("sweep.interval", "1h").with("notifications.privateTargets", false);
    options =
        options.with(
            "api.tokens",
            List.of(
                ServerKeys.apiToken("admin", null, options.token().reveal()),
                ServerKeys.apiToken("bob", "bob", BOB)));
    sandbox = Sandbox.start(options);
    cite = client(options.token());
    SandboxGitHub github = sandbox.github();
    github.addUser("bob", "the-token-of-bob-at-github");
    repository("acme/archived", "main", DOCKERFILE);
    github.archive("acme/archived");
    repository("acme/plain", "main", Map.of("README.md", "nothing to build"));
    String large = "FROM scratch\n" + "#\n".repeat(1 << 19);
    repository("acme/large", "main", Map.of("Dockerfile", large));
    String unclear = "FROM scratch\nEXPOSE $PORT\n";
    repository("acme/unclear", "main", Map.of("Dockerfile", unclear));
    repository("acme/names", "b-c", DOCKERFILE);
    repository("acme/_", "main", DOCKERFILE);
    repository("acme/" + LONG, "main", DOCKERFILE);
    repository("acme/frozen", "main", DOCKERFILE);
    github.commit("acme/names", "c", DOCKERFILE, "Begin another");
    repository("acme-corp/tool", "main", DOCKERFILE);
    repository("acme_corp/tool", "main", DOCKERFILE);
    repository("kube-system/tool", "main", DOCKERFILE);
    repository("foreign/tool", "main", DOCKERFILE);
    github.createRepository("strangers/theirs");
    github.commit("strangers/theirs", "main", DOCKERFILE, "Begin");
    sandbox
        .kubernetes()
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName("foreign").endMetadata().build())
        .create();
    create("{'repository':'acme/hello'}", "acme/hello");
    create("{'repository':'acme/names','name':'a','branch':'b-c'}", "acme/a");
    create("{'repository':'acme-corp/tool'}", "acme-corp/tool");
    create("{'repository':'acme/frozen'}", "acme/frozen");
    github.archive("acme/frozen");
    await()
        .atMost(SOON)
        .until(
            () ->
                github.deliveriesIdle()
                    && documents().keySet().stream()
                        .noneMatch(key -> key.startsWith("/cite/.inbox/")));
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  private JsonClient client(Secret token) {
    return new JsonClient(sandbox.cite(), token.reveal());
  }

  private void repository(String name, String branch, Map<String, String> files) {
    sandbox.github().createRepository(name);
    sandbox.github().setPermission(name, Sandbox.ADMINISTRATOR, "admin");
    sandbox.github().commit(name, branch, files, "Begin");
  }

  private void create(String body, String id) {
    // nothing goes on by itself while a test compares
    String still = body.replace("}", ",'autoDeploy':false}");
    post(cite, "/v1/services", still).expect(202);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonClient.Answer service = cite.get("/v1/services/" + id).expect(200);
              assertThat(service.text("state")).as(service.body()).isEqualTo("READY");
            });
  }

  private static JsonClient.Answer post(JsonClient client, String path, String body) {
    return client.send("POST", path, body.replace('\'', '"'), Map.of());
  }

  /** What CITE writes by itself from time to time, whatever is asked of it. */
  private static final List<String> OWN_ROUNDS =
      List.of("/cite/.leader", "/cite/.heartbeat", "/cite/.hookchecks/", "/cite/.heads/");

  /** Everything that CITE could have written to. */
  private record World(Map<String, Long> documents, List<String> cluster, long changesAtGitHub) {}

  private World world() throws SQLException {
    List<String> cluster =
        Stream.<List<? extends HasMetadata>>of(
                sandbox.kubernetes().client().namespaces().list().getItems(),
                sandbox.kubernetes().client().services().inAnyNamespace().list().getItems(),
                sandbox
                    .kubernetes()
                    .client()
                    .replicationControllers()
                    .inAnyNamespace()
                    .list()
                    .getItems(),
                sandbox.kubernetes().client().secrets().inAnyNamespace().list().getItems())
            .flatMap(List::stream)
            .map(o -> o.getKind() + " " + o.getMetadata().getNamespace() + "/" + o.getMetadata())
            .sorted()
            .toList();
    long changes =
        sandbox.github().calls().stream().filter(call -> !call.method().equals("GET")).count();
    return new World(documents(), cluster, changes);
  }

  /** Revisions of all documents in the embedded store, read past CITE. */
  private Map<String, Long> documents() throws SQLException {
    Map<String, Long> revisions = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + options.data().toAbsolutePath().resolve("cite.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT document_key, revision FROM document")) {
      while (rows.next()) {
        String key = rows.getString(1);
        if (OWN_ROUNDS.stream().noneMatch(key::startsWith)) {
          revisions.put(key, rows.getLong(2));
        }
      }
    }
    return revisions;
  }

  private interface Request {
    JsonClient.Answer send();
  }

  private void refused(Request request, int status, String code, String words) throws SQLException {
    World before = world();
    JsonClient.Answer answer = request.send();
    answer.expect(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("urn:cite:error:" + code);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("detail")).contains(words).doesNotContain("Exception");
    assertThat(answer.text("errorId")).isNotBlank();
    assertThat(world()).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("io.cite.server.e2e.BadOrders#ALL")
  void refusesToCreate(String wrong, String body, int status, String code, String words)
      throws SQLException {
    refused(() -> post(cite, "/v1/services", body), status, code, words);
    refused(() -> post(cite, "/v1/services?dryRun=true", body), status, code, words);
  }

  @Test
  void refusesACallerWhoMayNotAdministerTheRepository() throws SQLException {
    refused(
        () -> post(client(Secret.of(BOB)), "/v1/services", "{'repository':'acme/plain'}"),
        403,
        "forbidden",
        "bob");
  }

  @Test
  void refusesACallerWithoutAToken() throws SQLException {
    JsonClient nobody = new JsonClient(sandbox.cite(), null);
    refused(
        () -> post(nobody, "/v1/services", "{'repository':'acme/plain'}"),
        401,
        "unauthenticated",
        "token");
  }

  @Test
  void refusesToBuildAnArchivedRepository() throws SQLException {
    refused(
        () -> post(cite, "/v1/services/acme/frozen/environments/main/builds", "{}"),
        422,
        "repository-archived",
        "unarchive");
  }

  @Test
  void refusesABranchThatDoesNotExist() throws SQLException {
    refused(
        () -> post(cite, "/v1/services/acme/hello/environments", "{'branch':'nope'}"),
        422,
        "branch-not-found",
        "nope");
  }

  @Test
  void refusesSettingsThatAreOutOfRange() throws SQLException {
    String main = "/v1/services/acme/hello/environments/main";
    refused(
        () -> cite.send("PATCH", main, "{\"replicas\":10000}", Map.of()),
        400,
        "invalid-input",
        "10000");
  }

  @Test
  void refusesToDeployACommitWithoutAnImage() throws SQLException {
    String deployments = "/v1/services/acme/hello/environments/main/deployments";
    refused(
        () -> post(cite, deployments, "{'commit':'" + NO_COMMIT + "'}"),
        422,
        "no-image",
        NO_COMMIT);
  }

  @Test
  void refusesToBuildACommitThatDoesNotExist() throws SQLException {
    String builds = "/v1/services/acme/hello/environments/main/builds";
    refused(
        () -> post(cite, builds, "{'commit':'" + NO_COMMIT + "'}"),
        422,
        "commit-not-found",
        NO_COMMIT);
  }

  @Test
  void refusesAWebhookWithAWrongSignature() throws SQLException {
    refused(
        () -> cite.deliver("push", "forged-1", "{\"ref\":\"refs/heads/main\"}", "guess"),
        403,
        "bad-signature",
        "signature");
  }
}

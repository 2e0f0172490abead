package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The life of one service on real servers, from its creation to its end. The tests are chapters of
 * one story and run in their order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealServersIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration BUILT_AND_LIVE = Duration.ofMinutes(3);
  private static final Duration BREATH = Duration.ofMillis(20);
  private static final String CONTEXT = "buildbot/cite-build";

  private final String owner =
      "e2e-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  private final String repository = owner + "/hello";
  private final String service = "/v1/services/" + owner + "/hello";
  private final String environment = service + "/environments/main";
  private final HttpClient browser = HttpClient.newHttpClient();

  private RealServers servers;
  private JsonClient cite;
  private LocalServer receiver;
  private KubernetesClient kubernetes;
  private JsonClient elasticsearch;
  private EtcdRecords etcd;
  private Checkout checkout;
  private String first;
  private String second;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    servers = RealServers.start(folder);
    cite = servers.cite();
    receiver = new LocalServer(request -> Reply.of(200, ""));
    kubernetes = new KubernetesClientBuilder().build();
    elasticsearch = new JsonClient(URI.create(Servers.require("CITE_ELASTICSEARCH_URL")), null);
    etcd = new EtcdRecords();
    checkout = servers.checkout(repository);
  }

  @AfterAll
  void leaveNothing() throws Exception {
    if (servers == null) {
      return;
    }
    if (cite.get(service).status() == 200) {
      cite.delete(service);
      await().atMost(BUILT_AND_LIVE).until(() -> cite.get(service).status() == 404);
    }
    servers.close();
    receiver.close();
    kubernetes.namespaces().withName(owner).delete();
    kubernetes.close();
    for (String key : etcd.speakingOf(owner)) {
      etcd.delete(key);
    }
    etcd.close();
  }

  @Test
  @Order(1)
  void theConfigurationIsFoundToWork() throws Exception {
    Path good = servers.configuration("check.yaml", otherAudit());
    try (CiteProcess check = CiteProcess.start("check", Map.of(), "check", "--config", good + "")) {
      assertThat(check.exitStatus()).as(check.output()).isZero();
      assertThat(check.output()).contains(": answers");
    }
  }

  @Test
  @Order(2)
  void whatCannotBeReachedIsReported() throws Exception {
    Map<String, Object> otherwise = new HashMap<>(otherAudit());
    otherwise.put("elasticsearch.url", "http://127.0.0.1:1");
    otherwise.put("buildbot.url", "http://127.0.0.1:2/");
    Path bad = servers.configuration("unreachable.yaml", otherwise);
    try (CiteProcess check =
        CiteProcess.start("check-unreachable", Map.of(), "check", "--config", bad + "")) {
      assertThat(check.exitStatus()).as(check.output()).isEqualTo(1);
      assertThat(check.output().lines())
          .as(check.output())
          .anyMatch(line -> line.matches("(?i)elasticsearch: CITE could not .*"))
          .anyMatch(line -> line.matches("(?i)buildbot: CITE could not .*"))
          .anyMatch(line -> line.matches("(?i)kubernetes: answers"));
    }
  }

  /** The running server holds its audit database. */
  private static Map<String, Object> otherAudit() {
    return Map.of("audit.jdbcUrl", "jdbc:h2:mem:check", "http.port", 0);
  }

  @Test
  @Order(3)
  void creatingMakesAllSevenThingsWhereTheyBelong() throws Exception {
    first = push("Begin", "version 0");
    JsonClient.Answer accepted =
        cite.post(
                "/v1/services",
                Map.of(
                    "repository",
                    repository,
                    "replicas",
                    2,
                    "probe",
                    Map.of("path", "/"),
                    "notifications",
                    List.of(Map.of("type", "webhook", "url", receiver.url().toString()))))
            .expect(202);
    assertThat(accepted.text("namespace")).isEqualTo(owner);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonClient.Answer now = cite.get(service).expect(200);
              assertThat(now.text("state")).as(now.body()).isEqualTo("READY");
            });
    assertThat(cite.get(service).json().path("steps").valueStream())
        .hasSize(7)
        .allMatch(step -> List.of("DONE", "ADOPTED").contains(step.path("state").asString()));

    Namespace namespace = kubernetes.namespaces().withName(owner).get();
    assertThat(namespace.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "cite");
    assertThat(
            elasticsearch
                .get("/_index_template/cite-" + owner)
                .expect(200)
                .json()
                .at("/index_templates/0/index_template/index_patterns/0")
                .asString())
        .isEqualTo(owner + "-*");
    hooksAreThere();
    assertThat(servers.github().get("/repos/" + repository + "/collaborators/cite-bot").status())
        .isEqualTo(204);
    JsonNode base = etcd.at("/cite/" + owner + "/hello");
    assertThat(base.path("v").asInt()).isEqualTo(1);
    assertThat(base.toString()).contains(repository);
    JsonNode branch = etcd.at("/cite/" + owner + "/hello/main");
    assertThat(branch.path("v").asInt()).isEqualTo(1);
    assertThat(branch.toString()).contains("main");
    Service made = kubernetesService();
    assertThat(made.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "cite")
        .containsEntry("app.kubernetes.io/name", "hello")
        .containsEntry("app.kubernetes.io/instance", "hello-main")
        .containsEntry("cite.io/branch", "main");
    assertThat(made.getSpec().getSelector())
        .containsEntry("app.kubernetes.io/instance", "hello-main")
        .containsKey("cite.io/deployment");
    assertThat(kubernetes.pods().inNamespace(owner).withLabels(made.getSpec().getSelector()).list())
        .satisfies(pods -> assertThat(pods.getItems()).isEmpty());
  }

  private void hooksAreThere() {
    Map<String, JsonNode> hooks = new HashMap<>();
    servers
        .listed("/repos/" + repository + "/hooks")
        .forEach(hook -> hooks.put(hook.at("/config/url").asString(), hook));
    assertThat(hooks).containsOnlyKeys(servers.ownHook(), Servers.require("CITE_BUILDBOT_HOOK"));
    assertThat(texts(hooks.get(servers.ownHook()).path("events").valueStream()))
        .containsExactlyInAnyOrder("push", "status", "delete", "pull_request");
    assertThat(texts(hooks.get(Servers.require("CITE_BUILDBOT_HOOK")).path("events").valueStream()))
        .containsExactly("push");
  }

  @Test
  @Order(4)
  void aPushIsBuiltReportedAndBroughtToLife() throws Exception {
    first = push("Say one", "version 1");
    awaitLive(first);
    assertThat(statuses(first)).contains("pending").endsWith("success");
    awaitNotice("build_started", first);
    JsonNode built = awaitNotice("build_succeeded", first);
    assertThat(built.path("text").asString())
        .contains(Servers.require("CITE_REGISTRY") + "/" + repository + ":" + first);
    awaitNotice("deployment_live", first);
    awaitReported(first);
    awaitPage("version 1");
    Service live = kubernetesService();
    assertThat(kubernetes.pods().inNamespace(owner).withLabels(live.getSpec().getSelector()).list())
        .satisfies(pods -> assertThat(pods.getItems()).hasSize(2));
  }

  @Test
  @Order(5)
  void aSecondPushReplacesItWithoutAFailedRequest() throws Exception {
    try (SteadyLoad load = new SteadyLoad(address(), BREATH)) {
      await().until(() -> load.answered() > 5);
      second = push("Say two", "version 2");
      awaitLive(second);
      awaitPage("version 2");
      int before = load.answered();
      await().until(() -> load.answered() > before + 20);
      assertThat(load.failures()).isEmpty();
    }
    awaitReported(second);
  }

  @Test
  @Order(6)
  void aManualBuildOfTheHeadIsBuiltAgain() {
    JsonClient.Answer asked = cite.post(environment + "/builds", Map.of()).expect(202);
    assertThat(asked.text("commit")).isEqualTo(second);
    String build = environment + "/builds/" + asked.json().path("number").asLong();
    await()
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(
            () -> {
              JsonClient.Answer now = cite.get(build).expect(200);
              assertThat(now.text("state")).as(now.body()).isEqualTo("SUCCEEDED");
              assertThat(now.text("image")).contains(":" + second);
            });
    awaitQuiet();
  }

  @Test
  @Order(7)
  void aBrokenDockerfileEndsInFailureWithTheLogsEnd() throws Exception {
    JsonNode before = cite.get(environment).json().path("live");
    String broken =
        checkout.push(
            "Break it",
            Map.of("Dockerfile", dockerfile() + "RUN echo the-very-reason >&2; exit 3\n"));
    JsonNode notice = awaitNotice("build_failed", broken);
    assertThat(notice.path("text").asString()).contains("the-very-reason");
    assertThat(statuses(broken)).endsWith("failure");
    awaitQuiet();
    assertThat(cite.get(environment).json().at("/live/seq")).isEqualTo(before.path("seq"));
    assertThat(deployments(broken)).isEmpty();
    awaitPage("version 2");
  }

  @Test
  @Order(8)
  void anOlderCommitIsDeployedByHand() {
    JsonClient.Answer asked =
        cite.post(environment + "/deployments", Map.of("commit", first)).expect(202);
    assertThat(asked.text("origin")).isEqualTo("MANUAL");
    awaitLive(first);
    awaitPage("version 1");
    await().atMost(SOON).untilAsserted(() -> assertThat(deployments(first)).hasSize(2));
  }

  @Test
  @Order(9)
  void theHistoryOfACommitIsShown() {
    List<String> story =
        texts(
            cite.get("/v1/why/" + repository + "/" + second)
                .expect(200)
                .json()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("kind")));
    assertThat(story).contains("delivery", "build", "decision", "deployment");
  }

  @Test
  @Order(10)
  void whatPeopleDidIsInTheAuditTrail() {
    List<JsonNode> entries =
        cite.get("/v1/audit?limit=200").expect(200).json().path("items").valueStream().toList();
    assertThat(entries)
        .filteredOn(entry -> entry.path("target").asString().startsWith(owner + "/hello"))
        .extracting(entry -> entry.path("action").asString())
        .contains("service.create", "build.request", "deployment.request", "deployment.end");
  }

  @Test
  @Order(11)
  void aBadSignatureIsRefused() {
    JsonClient.Answer answer = cite.deliver("ping", owner + "-forged", "{\"zen\":\"x\"}", "guess");
    answer.expect(403);
    assertThat(answer.text("code")).isEqualTo("bad-signature");
    assertThat(cite.get("/v1/deliveries/" + owner + "-forged").status()).isEqualTo(404);
  }

  @Test
  @Order(12)
  void deletingTakesEverythingBack() throws Exception {
    cite.delete(service).expect(202);
    await()
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(() -> assertThat(cite.get(service).status()).isEqualTo(404));
    await()
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(() -> assertThat(kubernetes.namespaces().withName(owner).get()).isNull());
    assertThat(servers.listed("/repos/" + repository + "/hooks")).isEmpty();
    assertThat(servers.github().get("/repos/" + repository + "/collaborators/cite-bot").status())
        .isEqualTo(404);
    assertThat(elasticsearch.get("/_index_template/cite-" + owner).status()).isEqualTo(404);
    assertThat(etcd.at("/cite/" + owner + "/hello").isNull()).isTrue();
    assertThat(etcd.at("/cite/" + owner + "/hello/main").isNull()).isTrue();
  }

  private static String dockerfile() {
    return """
        FROM %s
        COPY index.html /srv/
        EXPOSE 8080
        CMD ["httpd", "-f", "-p", "8080", "-h", "/srv"]
        """
        .formatted(Servers.require("RIG_BASE_IMAGE"));
  }

  private String push(String message, String page) throws Exception {
    return checkout.push(message, Map.of("Dockerfile", dockerfile(), "index.html", page + "\n"));
  }

  private void awaitLive(String commit) {
    await("commit " + commit + " to be live")
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(
            () -> {
              JsonClient.Answer now = cite.get(environment).expect(200);
              assertThat(now.text("state")).as(now.body()).isEqualTo("LIVE");
              assertThat(now.json().at("/live/commit").asString())
                  .as(() -> cite.get("/v1/why/" + repository + "/" + commit).body())
                  .isEqualTo(commit);
            });
  }

  /** Until all that was built is decided upon and nothing is under way. */
  private void awaitQuiet() {
    await()
        .atMost(BUILT_AND_LIVE)
        .untilAsserted(
            () -> {
              JsonClient.Answer now = cite.get(environment).expect(200);
              assertThat(now.text("state")).as(now.body()).isEqualTo("LIVE");
              JsonNode build = now.json().path("lastBuild");
              assertThat(build.path("endedAt").isNull()).as(now.body()).isFalse();
              assertThat(build.path("image").isNull() || !build.path("decision").isNull())
                  .as(now.body())
                  .isTrue();
            });
  }

  private JsonNode awaitNotice(String kind, String commit) {
    return await("the notice " + kind)
        .atMost(BUILT_AND_LIVE)
        .until(
            () ->
                receiver.requests().stream()
                    .map(request -> JsonMapper.shared().readTree(request.body()))
                    .filter(notice -> notice.path("kind").asString().equals(kind))
                    .filter(notice -> notice.path("commit").asString().equals(commit))
                    .toList(),
            notices -> !notices.isEmpty())
        .get(0);
  }

  private List<String> statuses(String commit) {
    // newest first
    List<String> states =
        new java.util.ArrayList<>(
            texts(
                servers.listed("/repos/" + repository + "/commits/" + commit + "/statuses").stream()
                    .filter(status -> status.path("context").asString().equals(CONTEXT))
                    .map(status -> status.path("state"))));
    java.util.Collections.reverse(states);
    return states;
  }

  private List<JsonNode> deployments(String commit) {
    return servers.listed("/repos/" + repository + "/deployments").stream()
        .filter(deployment -> deployment.path("ref").asString().equals(commit))
        .toList();
  }

  private void awaitReported(String commit) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(deployments(commit)).isNotEmpty();
              JsonNode deployment = deployments(commit).get(0);
              assertThat(deployment.path("environment").asString()).isEqualTo("hello/main");
              String path =
                  "/repos/" + repository + "/deployments/" + deployment.path("id").asLong();
              assertThat(
                      texts(
                          servers.listed(path + "/statuses").stream()
                              .map(status -> status.path("state"))))
                  .contains("pending", "success");
            });
  }

  private Service kubernetesService() {
    return kubernetes.services().inNamespace(owner).withName("hello-main").get();
  }

  private URI address() {
    return URI.create(cite.get(environment).expect(200).text("url") + "/");
  }

  private void awaitPage(String text) {
    URI page = address();
    assertThat(page.getHost()).isEqualTo("127.0.0.1");
    await("the page " + text)
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              HttpResponse<String> answer =
                  browser.send(
                      HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build(),
                      HttpResponse.BodyHandlers.ofString());
              assertThat(answer.body().strip()).isEqualTo(text);
            });
  }

  private static List<String> texts(Stream<JsonNode> nodes) {
    return nodes.map(node -> node.asString("")).toList();
  }
}

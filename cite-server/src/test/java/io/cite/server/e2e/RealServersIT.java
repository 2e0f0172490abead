package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
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
  private static final Duration SOON = RealService.SOON;
  private static final Duration BUILT_AND_LIVE = RealService.BUILT_AND_LIVE;
  private static final Duration BREATH = Duration.ofMillis(20);

  private final String owner =
      "e2e-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
  private final String repository = owner + "/hello";
  private final String service = "/v1/services/" + owner + "/hello";
  private final String environment = service + "/environments/main";

  private RealServers servers;
  private JsonClient cite;
  private LocalServer receiver;
  private KubernetesClient kubernetes;
  private JsonClient elasticsearch;
  private EtcdRecords etcd;
  private RealService hello;
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
    hello = new RealService(servers, kubernetes, receiver, repository);
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
    first = hello.push("Begin", "version 0");
    JsonClient.Answer accepted =
        cite.post(
                "/v1/services",
                Map.of(
                    "repository",
                    repository,
                    "replicas",
                    2,
                    "autoDeploy",
                    false,
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
    cite.send("PATCH", service + "/environments/main", "{\"autoDeploy\":true}", Map.of())
        .expect(200);
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
    Service made = hello.kubernetesService();
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
    assertThat(RealService.texts(hooks.get(servers.ownHook()).path("events").valueStream()))
        .containsExactlyInAnyOrder("push", "status", "delete", "pull_request", "repository");
    assertThat(
            RealService.texts(
                hooks.get(Servers.require("CITE_BUILDBOT_HOOK")).path("events").valueStream()))
        .containsExactly("push");
  }

  @Test
  @Order(4)
  void aPushIsBuiltReportedAndBroughtToLife() throws Exception {
    first = hello.push("Say one", "version 1");
    hello.awaitLive(first);
    assertThat(hello.statuses(first)).contains("pending").endsWith("success");
    hello.awaitNotice("build_started", first);
    JsonNode built = hello.awaitNotice("build_succeeded", first);
    assertThat(built.path("text").asString())
        .contains(Servers.require("CITE_REGISTRY") + "/" + repository + ":" + first);
    hello.awaitNotice("deployment_live", first);
    hello.awaitReported(first);
    hello.awaitPage("version 1");
    Service live = hello.kubernetesService();
    assertThat(kubernetes.pods().inNamespace(owner).withLabels(live.getSpec().getSelector()).list())
        .satisfies(pods -> assertThat(pods.getItems()).hasSize(2));
  }

  @Test
  @Order(5)
  void aSecondPushReplacesItWithoutAFailedRequest() throws Exception {
    try (SteadyLoad load = new SteadyLoad(hello.address(), BREATH)) {
      await().until(() -> load.answered() > 5);
      second = hello.push("Say two", "version 2");
      hello.awaitLive(second);
      hello.awaitPage("version 2");
      int before = load.answered();
      await().until(() -> load.answered() > before + 20);
      assertThat(load.failures()).isEmpty();
    }
    hello.awaitReported(second);
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
    hello.awaitQuiet();
  }

  @Test
  @Order(7)
  void aBrokenDockerfileEndsInFailureWithTheLogsEnd() throws Exception {
    JsonNode before = cite.get(environment).json().path("live");
    String broken =
        hello.push(
            "Break it",
            Map.of(
                "Dockerfile", RealService.dockerfile() + "RUN echo the-very-reason >&2; exit 3\n"));
    JsonNode notice = hello.awaitNotice("build_failed", broken);
    assertThat(notice.path("text").asString()).contains("the-very-reason");
    assertThat(hello.statuses(broken)).endsWith("failure");
    hello.awaitQuiet();
    assertThat(cite.get(environment).json().at("/live/seq")).isEqualTo(before.path("seq"));
    assertThat(hello.deployments(broken)).isEmpty();
    hello.awaitPage("version 2");
  }

  @Test
  @Order(8)
  void anOlderCommitIsDeployedByHand() {
    JsonClient.Answer asked =
        cite.post(environment + "/deployments", Map.of("commit", first)).expect(202);
    assertThat(asked.text("origin")).isEqualTo("MANUAL");
    hello.awaitLive(first);
    hello.awaitPage("version 1");
    await().atMost(SOON).untilAsserted(() -> assertThat(hello.deployments(first)).hasSize(2));
  }

  @Test
  @Order(9)
  void theHistoryOfACommitIsShown() {
    List<String> story =
        RealService.texts(
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
  void doctorFindsALostSecretBesideTheServer() throws Exception {
    cite.send("PATCH", environment, "{\"secrets\":{\"TOKEN\":\"hidden-value\"}}", Map.of())
        .expect(200);
    Resource<Secret> secret =
        kubernetes.secrets().inNamespace(owner).withName("hello-main-secrets");
    await().atMost(SOON).until(() -> secret.get() != null);
    await().atMost(SOON).untilAsserted(() -> assertThat(findings()).isEmpty());

    secret.delete();

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path("kind").asString()).isEqualTo("missing-secret");
              assertThat(finding.path("text").asString()).contains("TOKEN");
            });
  }

  /** What {@code doctor} says of this test's service: others may be in these systems too. */
  private List<JsonNode> findings() throws Exception {
    Path config = servers.configuration("cite.yaml", Map.of());
    try (CiteProcess doctor =
        CiteProcess.start("doctor", Map.of(), "doctor", "--json", "--config", config + "")) {
      assertThat(doctor.exitStatus()).as(doctor.output()).isBetween(0, 1);
      String json =
          doctor.output().lines().filter(line -> line.startsWith("{")).findFirst().orElseThrow();
      return JsonMapper.shared()
          .readTree(json)
          .path("findings")
          .valueStream()
          .filter(finding -> finding.path("target").asString().startsWith(owner + "/"))
          .toList();
    }
  }

  @Test
  @Order(13)
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
}

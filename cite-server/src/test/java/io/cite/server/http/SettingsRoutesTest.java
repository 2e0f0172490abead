package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.TestLinks;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.SteppedEngine;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryCluster;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemoryNotifications;
import io.cite.core.memory.InMemorySecretSealer;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.memory.ManualClock;
import io.cite.core.port.Leadership.Term;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.server.config.ApiConfiguration;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Changes of settings that meet other changes, and what a refused one leaves behind. */
@Timeout(60)
class SettingsRoutesTest {
  private static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");
  private static final BranchName MAIN = BranchName.parse("main");
  private static final BranchName SIDE = BranchName.parse("side");
  private static final ServiceId SERVICE = ServiceId.of("acme", "hello");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId(SERVICE, MAIN);
  private static final EnvironmentId ADDED = new EnvironmentId(SERVICE, SIDE);
  private static final String PATH = "/v1/services/acme/hello";
  private static final String ENVIRONMENTS = PATH + "/environments";
  private static final String ONE = ENVIRONMENTS + "/" + ENVIRONMENT.slug();
  private static final String SECRETS = "{\"secrets\":{\"K\":\"s3cr3t\"}}";

  private final ManualClock clock = new ManualClock(Fixture.NOW);
  private final InMemoryMetadataStore memory = new InMemoryMetadataStore();
  private final InMemoryCluster cluster = new InMemoryCluster();
  private final InMemorySourceHost host = new InMemorySourceHost(clock);
  private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
  private final MetadataStore store =
      (MetadataStore)
          Proxy.newProxyInstance(
              SettingsRoutesTest.class.getClassLoader(),
              new Class<?>[] {MetadataStore.class},
              (proxy, method, arguments) -> {
                Runnable first =
                    method.getName().equals("commit") ? beforeCommit.getAndSet(null) : null;
                if (first != null) {
                  first.run();
                }
                try {
                  return method.invoke(memory, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
  private final Ports ports =
      new Ports(
          host,
          new InMemoryBuilder(),
          cluster,
          store,
          null,
          null,
          new InMemoryNotifications(),
          new InMemoryAuditTrail(),
          new InMemorySecretSealer(),
          clock);
  private final Stores stores = new Stores(store);
  private final Meters meters = new Meters();
  private final EventStreams streams = new EventStreams();
  private final Health health = new Health(List.of());
  private final Fixture server =
      new Fixture(
          1_000,
          HttpApi.table(
              InMemoryPorts.useCases(ports, stores),
              ports,
              stores,
              new StateChanges(store, stores),
              new HttpApi.HttpDependencies(
                  Fixture.http(1_000),
                  new ApiConfiguration(Fixture.TOKENS),
                  List.of(),
                  meters,
                  streams,
                  health)));
  private final SteppedEngine engine = engine();

  private SteppedEngine engine() {
    MetadataStore.Commit elected =
        memory.commit(
            new Transaction(
                List.of(), List.of(new Change.Put("/cite/.leader", Map.of("leader", "me")))));
    long revision = ((MetadataStore.Commit.Committed) elected).revision();
    return new SteppedEngine(
        ports,
        stores,
        EngineSettings.at(TestLinks.at("http://cite.invalid")),
        new Term("me", new Condition.CreatedAt("/cite/.leader", revision)),
        clock::advanceTo,
        (work, failure) -> {
          throw failure;
        });
  }

  @BeforeEach
  void create() throws IOException {
    Map<String, String> files = Map.of("Dockerfile", "FROM scratch\n");
    host.create(REPOSITORY, MAIN);
    host.push(REPOSITORY, MAIN, "first", files);
    host.push(REPOSITORY, SIDE, "second", files);
    String body = "{\"repository\":\"acme/hello\",\"secrets\":{\"A\":\"1\"}}";
    assertThat(send("POST", "/v1/services", null, body).statusCode()).isEqualTo(202);
    engine.settle();
    assertThat(json(send("GET", PATH, null, "")).path("state").asString()).isEqualTo("READY");
  }

  @AfterEach
  void stop() {
    engine.close();
    server.close();
    streams.close();
    health.close();
    meters.close();
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String ifMatch, String body) throws IOException {
    HttpRequest.Builder request = server.request(path, "root");
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return server.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.MAPPER.readTree(answer.body());
  }

  private String tag(String path) throws IOException {
    return send("GET", path, null, "").headers().firstValue("ETag").orElseThrow();
  }

  /** Another caller changes something just before the next order is written. */
  private void meanwhile(String method, String path, String body, int status) {
    beforeCommit.set(
        () -> {
          try {
            assertThat(send(method, path, null, body).statusCode()).isEqualTo(status);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void aRefusedChangeLeavesNoSecretBehind() throws IOException {
    String seen = tag(ONE);
    meanwhile("PATCH", ONE, "{\"replicas\":3}", 200);

    assertThat(send("PATCH", ONE, seen, SECRETS).statusCode()).isEqualTo(412);
    engine.settle();

    assertThat(cluster.secrets(ENVIRONMENT)).containsOnlyKeys("A");
    JsonNode now = json(send("GET", ONE, null, ""));
    assertThat(now.path("replicas").asInt()).isEqualTo(3);
    assertThat(stores.environments().settings(ENVIRONMENT).value().secretNames())
        .containsExactly("A");
  }

  @Test
  void anAcceptedSecretIsTakenToTheClusterAndNotKept() throws IOException {
    assertThat(send("PATCH", ONE, tag(ONE), SECRETS).statusCode()).isEqualTo(200);
    assertThat(cluster.secrets(ENVIRONMENT)).containsOnlyKeys("A");
    engine.settle();

    assertThat(cluster.secrets(ENVIRONMENT)).containsEntry("K", Secret.of("s3cr3t"));
    assertThat(stores.environments().state(ENVIRONMENT).value().setup()).isNull();
  }

  @Test
  void theAuditTrailNamesTheFieldsThatWereChangedAndNoValueOfAVariable() throws IOException {
    String service = "{\"ports\":[3000],\"probe\":{\"path\":\"/up\"},\"variables\":{\"B\":\"v1\"}}";
    String environment = "{\"replicas\":3,\"variables\":{\"C\":\"v2\"},\"secrets\":{\"K\":\"v3\"}}";
    assertThat(send("PATCH", PATH, null, service).statusCode()).isEqualTo(200);
    assertThat(send("PATCH", ONE, null, environment).statusCode()).isEqualTo(200);

    assertThat(ports.audit().list(null, 2))
        .extracting(numbered -> numbered.entry().detail())
        .containsExactly(
            "replicas: 1 -> 3; variables: C; secrets: K",
            "ports: [8080] -> [3000]; probe.path: none -> /up; variables: B");
  }

  @Test
  void aChangeWithoutIfMatchIsMadeOnTopOfOthers() throws IOException {
    meanwhile("PATCH", ONE, "{\"replicas\":3}", 200);
    assertThat(send("PATCH", ONE, null, "{\"autoDeploy\":false}").statusCode()).isEqualTo(200);
    JsonNode environment = json(send("GET", ONE, null, ""));
    assertThat(environment.path("replicas").asInt()).isEqualTo(3);
    assertThat(environment.path("autoDeploy").asBoolean(true)).isFalse();

    meanwhile("PATCH", PATH, "{\"replicas\":4}", 200);
    assertThat(send("PATCH", PATH, null, "{\"autoDeploy\":false}").statusCode()).isEqualTo(200);
    JsonNode service = json(send("GET", PATH, null, ""));
    assertThat(service.path("replicas").asInt()).isEqualTo(4);
    assertThat(service.path("autoDeploy").asBoolean(true)).isFalse();
  }

  @Test
  void changesAtTheSameTimeAllSucceed() throws Exception {
    int callers = 6;
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    CountDownLatch ready = new CountDownLatch(callers);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 1; i <= callers; i++) {
      String body = "{\"replicas\":%d}".formatted(i);
      answers.add(
          pool.submit(
              () -> {
                ready.countDown();
                ready.await();
                return send("PATCH", ONE, null, body).statusCode();
              }));
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(200);
    }
    pool.shutdown();
  }

  @Test
  void ifMatchTakesAList() throws IOException {
    String body = "{\"replicas\":2}";
    String old = tag(ONE);
    assertThat(send("PATCH", ONE, "\"1\", " + old, body).statusCode()).isEqualTo(200);
    assertThat(send("PATCH", ONE, "\"1\" ,\"nonsense\", " + old, body).statusCode()).isEqualTo(412);
    assertThat(send("PATCH", ONE, "W/" + tag(ONE), body).statusCode()).isEqualTo(412);
    assertThat(send("PATCH", ONE, "W/\"1\"," + tag(ONE), body).statusCode()).isEqualTo(200);
    assertThat(send("PATCH", ONE, "*", body).statusCode()).isEqualTo(200);
    assertThat(send("PATCH", ONE, "", body).statusCode()).isEqualTo(412);
    HttpRequest.Builder twoLines =
        server
            .request(ONE, "root")
            .header("If-Match", "\"1\"")
            .header("If-Match", tag(ONE))
            .header("Content-Type", "application/json");
    assertThat(
            server
                .send(twoLines.method("PATCH", HttpRequest.BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDeletionComparesWhatTheCallerHasSeenWhenItIsWritten() throws IOException {
    assertThat(send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(201);
    engine.settle();
    String added = ENVIRONMENTS + "/" + ADDED.slug();

    String seen = tag(added);
    meanwhile("PATCH", added, "{\"replicas\":3}", 200);
    assertThat(send("DELETE", added, seen, "").statusCode()).isEqualTo(412);
    String ofService = tag(PATH);
    meanwhile("PATCH", PATH, "{\"replicas\":3}", 200);
    assertThat(send("DELETE", PATH, ofService, "").statusCode()).isEqualTo(412);
    engine.settle();
    assertThat(send("GET", added, null, "").statusCode()).isEqualTo(200);

    assertThat(send("DELETE", added, tag(added), "").statusCode()).isEqualTo(202);
    engine.settle();
    assertThat(send("GET", added, null, "").statusCode()).isEqualTo(404);
  }

  @Test
  void aRefusedEnvironmentLeavesNothingInTheCluster() throws IOException {
    meanwhile("DELETE", PATH, "", 202);
    assertThat(send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(409);
    assertThat(cluster.traffic().current(ADDED)).isEmpty();
    assertThat(cluster.secrets(ADDED)).isEmpty();
  }

  @Test
  void anAddedEnvironmentGetsItsServiceAndTheSecrets() throws IOException {
    assertThat(send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(201);
    engine.settle();
    assertThat(cluster.traffic().current(ADDED)).isPresent();
    assertThat(cluster.secrets(ADDED)).containsEntry("A", Secret.of("1"));
    assertThat(stores.environments().state(ADDED).value().setup()).isNull();
  }
}

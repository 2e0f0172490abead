package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.TestLinks;
import io.cite.core.domain.service.EnvironmentId;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The HTTP interface with the engine behind it, on ports in memory, and one service. */
final class SettingsServer implements AutoCloseable {
  static final BranchName SIDE = BranchName.parse("side");
  static final ServiceId SERVICE = ServiceId.of("acme", "hello");
  static final EnvironmentId ENVIRONMENT = new EnvironmentId(SERVICE, BranchName.parse("main"));
  static final EnvironmentId ADDED = new EnvironmentId(SERVICE, SIDE);
  static final String PATH = "/v1/services/acme/hello";
  static final String ENVIRONMENTS = PATH + "/environments";
  static final String ONE = ENVIRONMENTS + "/" + ENVIRONMENT.slug();

  private static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");
  private static final BranchName MAIN = BranchName.parse("main");

  private final ManualClock clock = new ManualClock(Fixture.NOW);
  final InMemoryMetadataStore memory = new InMemoryMetadataStore();
  final InMemoryCluster cluster = new InMemoryCluster();
  private final InMemorySourceHost host = new InMemorySourceHost(clock);
  private final AtomicReference<@Nullable Runnable> beforeCommit = new AtomicReference<>();
  private final MetadataStore store =
      (MetadataStore)
          Proxy.newProxyInstance(
              SettingsServer.class.getClassLoader(),
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
  final Ports ports =
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
  final Stores stores = new Stores(store);
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
  final SteppedEngine engine = engine();

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

  @Override
  public void close() {
    engine.close();
    server.close();
    streams.close();
    health.close();
    meters.close();
  }

  HttpRequest.Builder request(String path, String token) {
    return server.request(path, token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    return server.send(request);
  }

  HttpResponse<String> send(String method, String path, @Nullable String ifMatch, String body)
      throws IOException {
    HttpRequest.Builder request = server.request(path, "root");
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return server.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  static JsonNode json(HttpResponse<String> answer) {
    return Json.MAPPER.readTree(answer.body());
  }

  String tag(String path) throws IOException {
    return send("GET", path, null, "").headers().firstValue("ETag").orElseThrow();
  }

  /** Another caller changes something just before the next order is written. */
  void meanwhile(String method, String path, String body, int status) {
    beforeCommit.set(
        () -> {
          try {
            assertThat(send(method, path, null, body).statusCode()).isEqualTo(status);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }
}

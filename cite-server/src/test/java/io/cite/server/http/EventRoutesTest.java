package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Probe;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.service.Variables;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.Stores;
import io.cite.core.engine.store.Transaction;
import io.cite.core.error.Upstream;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemorySecretSealer;
import io.cite.core.port.MetadataStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventRoutesTest {
  private final InMemoryMetadataStore store = new InMemoryMetadataStore();
  private final Stores stores = new Stores(store);
  private final EventStreams streams = new EventStreams();
  private volatile boolean unreadable;
  private final MetadataStore seen =
      (MetadataStore)
          Proxy.newProxyInstance(
              EventRoutesTest.class.getClassLoader(),
              new Class<?>[] {MetadataStore.class},
              (proxy, method, arguments) -> {
                if (unreadable) {
                  throw Upstream.storeUnavailable("etcd", "read", "it is away", null);
                }
                return method.invoke(store, arguments);
              });
  private final Fixture server =
      new Fixture(
          1_000,
          new RoutingTable(
              new EventRoutes(new StateChanges(seen, new Stores(seen)), stores.services(), streams)
                  .routes()));

  @AfterEach
  void stop() {
    streams.close();
    server.close();
  }

  private void service(String id) {
    ServiceId service = ServiceId.parse(id);
    ServiceSettings settings =
        new ServiceSettings(
            service,
            new RepositoryName(service.namespace().value(), service.name().value()),
            1,
            BranchName.parse("main"),
            new ContainerPorts(List.of(8080)),
            null,
            Probe.tcp(),
            new Replicas(1),
            true,
            false,
            Variables.none(),
            List.of(),
            List.of(),
            "tester",
            Fixture.NOW);
    CommitId head = CommitId.parse("0123456789abcdef0123456789abcdef01234567");
    Transaction transaction = stores.begin();
    stores
        .services()
        .create(
            transaction,
            ServiceRecord.requested(settings, Map.of(), head, Fixture.NOW),
            null,
            new InMemorySecretSealer());
    assertThat(transaction.commit()).isTrue();
  }

  private void build(String environment, long number) {
    EnvironmentId id = EnvironmentId.parse(environment);
    Transaction transaction = stores.begin();
    stores
        .builds()
        .create(
            transaction,
            Build.queued(
                id,
                number,
                CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
                BuildOrigin.PUSH,
                "github",
                0,
                Fixture.NOW,
                Fixture.NOW));
    assertThat(transaction.commit()).isTrue();
  }

  /** An open stream, read line by line. */
  private final class Listening implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;

    Listening(String token, String query, @Nullable String lastEventId) throws Exception {
      var request = server.request("/v1/events" + query, token);
      if (lastEventId != null) {
        request.header("Last-Event-ID", lastEventId);
      }
      HttpResponse<InputStream> answer =
          HttpClient.newHttpClient()
              .send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      in = answer.body();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    List<String> ids(int count) {
      List<String> ids = new ArrayList<>();
      while (ids.size() < count) {
        String line = lineOrEnd();
        if (line == null) {
          return ids;
        }
        if (line.startsWith("data: ")) {
          ids.add(
              Json.MAPPER.readTree(line.substring(6)).path("service").asString()
                  + "#"
                  + Json.MAPPER.readTree(line.substring(6)).path("build").asLong());
        }
      }
      return ids;
    }

    /** Null at the end, which a reader takes the same way whether or not its last chunk came. */
    private @Nullable String lineOrEnd() {
      try {
        return lines.readLine();
      } catch (IOException e) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Test
  void answersHeadWithTheStatusOfGetAndOpensNoStream() throws Exception {
    HttpResponse<String> answer = server.send("HEAD", "/v1/events", "reader", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(streams.count()).isZero();
    assertThat(server.send("HEAD", "/v1/events", null, "").statusCode()).isEqualTo(401);
  }

  @Test
  void tellsWhatChangesFromNowOn() throws Exception {
    build("acme/hello/main", 1);
    try (Listening events = new Listening("reader", "", null)) {
      build("acme/hello/main", 2);
      build("acme/hello/main", 3);
      assertThat(events.ids(2)).containsExactly("acme/hello#2", "acme/hello#3");
    }
  }

  @Test
  void goesOnAfterTheLastEventThatWasSeen() throws Exception {
    build("acme/hello/main", 1);
    long seen = store.list("/cite/.builds/").get(0).revision();
    build("acme/hello/main", 2);
    try (Listening events = new Listening("reader", "", Long.toString(seen))) {
      build("acme/hello/main", 3);
      assertThat(events.ids(2)).containsExactly("acme/hello#2", "acme/hello#3");
    }
  }

  @Test
  void endsWhereAChangeCannotBeReadSoThatTheReaderComesBackForIt() throws Exception {
    build("acme/hello/main", 1);
    long last = store.list("/cite/.builds/").get(0).revision();
    try (Listening events = new Listening("reader", "", null)) {
      unreadable = true;
      build("acme/hello/main", 2);
      assertThat(events.ids(1)).isEmpty();
    }
    unreadable = false;
    try (Listening events = new Listening("reader", "", Long.toString(last))) {
      assertThat(events.ids(1)).containsExactly("acme/hello#2");
    }
  }

  @Test
  void showsNobodyTheServicesOfOthersNorThoseNotAskedFor() throws Exception {
    service("acme/hello");
    service("other/hello");
    try (Listening events = new Listening("reader", "?service=acme/hello", null)) {
      build("other/hello/main", 1);
      build("acme/another/main", 2);
      build("acme/hello/main", 3);
      assertThat(events.ids(1)).containsExactly("acme/hello#3");
    }
    assertThat(server.send("GET", "/v1/events?service=other/hello", "reader", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void saysThatThereIsNoSuchServiceInsteadOfWaitingForItsEvents() throws Exception {
    HttpResponse<String> answer =
        server.send("GET", "/v1/events?service=acme/absent", "reader", "");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no service acme/absent");
    assertThat(streams.count()).isZero();

    service("acme/absent");
    try (Listening events = new Listening("reader", "?service=acme/absent", null)) {
      build("acme/absent/main", 1);
      assertThat(events.ids(1)).containsExactly("acme/absent#1");
    }
  }

  @Test
  void refusesALastEventIdThatIsNone() throws IOException {
    var request = server.request("/v1/events", "reader").header("Last-Event-ID", "x");
    assertThat(server.send(request).statusCode()).isEqualTo(400);
  }

  @Test
  void endsStreamsWhenTheServerDoes() throws Exception {
    try (Listening events = new Listening("reader", "", null)) {
      await().until(() -> streams.count() == 1);
      streams.close();
      assertThat(events.ids(1)).isEmpty();
      await().until(() -> streams.count() == 0);
    }
  }
}

package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.Ports;
import io.cite.core.engine.store.StoredWebhooks;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.Upstream;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookRouteTest {
  private static final Secret SECRET = Secret.of("configured");
  private static final Secret PREVIOUS = Secret.of("configured before");
  private static final String PUSH =
      """
      {"ref":"refs/heads/main","after":"0123456789abcdef0123456789abcdef01234567",
       "deleted":false,"forced":false,
       "repository":{"id":7,"full_name":"acme/hello"}}
      """;

  private final InMemoryAuditTrail audit = new InMemoryAuditTrail();
  private final Breakable store = new Breakable();
  private final Meters meters = new Meters();
  private final Ports ports = InMemoryPorts.with(store, audit);
  private final Stores stores = new Stores(store);
  private final StoredWebhooks webhooks = new StoredWebhooks(store, ports.sealer());
  private Fixture server = serve(1_000);

  private Fixture serve(int limit) {
    WebhookRoute route =
        new WebhookRoute(
            new HookSecrets(stores.webhookSecrets(ports.sealer()), List.of(SECRET, PREVIOUS)),
            InMemoryPorts.useCases(ports, stores).acceptDelivery(),
            new RateLimit(limit, () -> Fixture.NOW),
            new ClientAddresses(List.of()),
            audit,
            () -> Fixture.NOW,
            meters);
    return new Fixture(1_000, new RoutingTable(route.routes()));
  }

  @BeforeEach
  void begin() {
    store.down = false;
  }

  @AfterEach
  void end() {
    server.close();
    meters.close();
  }

  private HttpRequest.Builder push(String id, String body, Secret secret) {
    return server
        .request("/v1/github", null)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", "push")
        .header("X-GitHub-Delivery", id)
        .header(
            WebhookSignature.HEADER,
            WebhookSignature.sign(body.getBytes(StandardCharsets.UTF_8), secret))
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private void hook(long id, long repositoryId, Secret secret) {
    webhooks.webhook(id, RepositoryName.parse("acme/hello"), repositoryId, secret);
  }

  @Test
  void storesADeliveryBeforeItAnswers() throws IOException {
    HttpResponse<String> answer = server.send(push("d-1", PUSH, SECRET));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"delivery\":\"d-1\",\"disposition\":\"accepted\"}");
    assertThat(stores.deliveries().find(new DeliveryId("d-1")))
        .hasValueSatisfying(
            stored -> assertThat(stored.content()).isInstanceOf(SourceEvent.Pushed.class));
  }

  @Test
  void answersAKnownDeliveryAsADuplicate() throws IOException {
    server.send(push("d-1", PUSH, SECRET));
    HttpResponse<String> answer = server.send(push("d-1", PUSH, SECRET));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("duplicate");
  }

  @Test
  void refusesAKnownIdWithAnotherBody() throws IOException {
    server.send(push("d-1", PUSH, SECRET));
    HttpResponse<String> answer = server.send(push("d-1", PUSH + " ", SECRET));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("reused-key");
    assertThat(audit.list(null, 10)).isNotEmpty();
  }

  @Test
  void takesTheSecretOfBeforeDuringARotation() throws IOException {
    assertThat(server.send(push("d-1", PUSH, PREVIOUS)).statusCode()).isEqualTo(202);
  }

  @Test
  void refusesAWrongAMissingAndAnOldSignature() throws IOException {
    assertThat(server.send(push("d-1", PUSH, Secret.of("guessed"))).statusCode()).isEqualTo(403);
    HttpRequest.Builder unsigned =
        server
            .request("/v1/github", null)
            .header("X-GitHub-Event", "push")
            .header("X-GitHub-Delivery", "d-2")
            .header("X-Hub-Signature", "sha1=" + "0".repeat(40))
            .POST(HttpRequest.BodyPublishers.ofString(PUSH));
    HttpResponse<String> answer = server.send(unsigned);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("bad-signature");
    assertThat(stores.deliveries().page(null, Instant.now(), 100)).isEmpty();
    assertThat(audit.list(null, 10)).hasSize(2);
  }

  @Test
  void asksForTheHeadersThatGitHubSends() throws IOException {
    for (String missing : List.of("X-GitHub-Event", "X-GitHub-Delivery")) {
      HttpRequest.Builder request = push("d-1", PUSH, SECRET);
      HttpRequest built = request.build();
      HttpRequest.Builder less =
          HttpRequest.newBuilder(built.uri()).POST(HttpRequest.BodyPublishers.ofString(PUSH));
      built
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!name.equalsIgnoreCase(missing)) {
                  less.header(name, values.get(0));
                }
              });
      assertThat(server.send(less).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void takesOnlyPosts() throws IOException {
    assertThat(server.send("GET", "/v1/github", null, "").statusCode()).isEqualTo(405);
  }

  @Test
  void takesTheSecretOfTheHookThatTheDeliveryNames() throws IOException {
    hook(11, 7, Secret.of("of the hook"));
    HttpRequest.Builder own = push("d-1", PUSH, Secret.of("of the hook"));
    assertThat(server.send(own.header("X-GitHub-Hook-ID", "11")).statusCode()).isEqualTo(202);
    HttpRequest.Builder configured = push("d-2", PUSH, SECRET);
    assertThat(server.send(configured.header("X-GitHub-Hook-ID", "11")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesTheConfiguredSecretForAHookThatItHasJustMade() throws IOException {
    hook(14, 186_853_002L, Secret.of("another secret"));
    HttpRequest.Builder configured = push("d-1", PUSH, SECRET);
    assertThat(server.send(configured.header("X-GitHub-Hook-ID", "14")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void takesTheFirstWordsOfAHookWhoseNumberIsNotKnownYet() throws IOException {
    repository(null, Secret.of("new"));
    HttpRequest.Builder first = push("d-1", PUSH, Secret.of("new"));
    assertThat(server.send(first.header("X-GitHub-Hook-ID", "12")).statusCode()).isEqualTo(202);
  }

  @Test
  void takesTheFirstWordsOfAHookThatWasMadeAgain() throws IOException {
    repository(12L, Secret.of("new"));
    HttpRequest.Builder first = push("d-1", PUSH, Secret.of("new"));
    installed(first.header("X-GitHub-Hook-ID", "15"), "repository", 7);
    assertThat(server.send(first).statusCode()).isEqualTo(202);
  }

  @Test
  void takesTheFirstWordsOfAHookWhoseSecretHasChanged() throws IOException {
    hook(12, 7, Secret.of("old"));
    repository(null, Secret.of("new"));
    HttpRequest.Builder first = push("d-1", PUSH, Secret.of("new"));
    installed(first.header("X-GitHub-Hook-ID", "12"), "repository", 7);
    assertThat(server.send(first).statusCode()).isEqualTo(202);
  }

  @Test
  void takesNoHooksWordForTheRepositoryThatItIsOf() throws IOException {
    repository(12L, Secret.of("new"));
    HttpRequest.Builder wrong = push("d-1", PUSH, Secret.of("guessed"));
    installed(wrong.header("X-GitHub-Hook-ID", "15"), "repository", 7);
    assertThat(server.send(wrong).statusCode()).isEqualTo(403);
    HttpRequest.Builder other = push("d-2", PUSH, Secret.of("new"));
    installed(other.header("X-GitHub-Hook-ID", "15"), "repository", 8);
    assertThat(server.send(other).statusCode()).isEqualTo(403);
    HttpRequest.Builder organisation = push("d-3", PUSH, Secret.of("new"));
    installed(organisation.header("X-GitHub-Hook-ID", "15"), "organization", 7);
    assertThat(server.send(organisation).statusCode()).isEqualTo(403);
  }

  private void repository(@Nullable Long hookId, Secret secret) {
    webhooks.repository(RepositoryName.parse("acme/hello"), 7, hookId, secret);
  }

  private static void installed(HttpRequest.Builder request, String type, long id) {
    request
        .header("X-GitHub-Hook-Installation-Target-Type", type)
        .header("X-GitHub-Hook-Installation-Target-ID", Long.toString(id));
  }

  @Test
  void refusesEventsOfAnotherRepositoryThanTheHooks() throws IOException {
    hook(13, 8, Secret.of("of another"));
    HttpRequest.Builder foreign = push("d-1", PUSH, Secret.of("of another"));
    assertThat(server.send(foreign.header("X-GitHub-Hook-ID", "13")).statusCode()).isEqualTo(403);
  }

  @Test
  void takesABodyThatItCannotReadSoThatItShows() throws IOException {
    assertThat(server.send(push("d-1", "{", SECRET)).statusCode()).isEqualTo(202);
    assertThat(stores.deliveries().find(new DeliveryId("d-1")))
        .hasValueSatisfying(
            stored -> assertThat(stored.content()).isInstanceOf(SourceEvent.Unreadable.class));
  }

  @Test
  void answers503WhereTheStoreIsDown() throws IOException {
    store.down = true;
    HttpResponse<String> answer = server.send(push("d-1", PUSH, SECRET));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("store-unavailable");
    HttpRequest.Builder unknown = push("d-2", PUSH, Secret.of("of the hook"));
    HttpResponse<String> notRead = server.send(unknown.header("X-GitHub-Hook-ID", "11"));
    assertThat(notRead.statusCode()).isEqualTo(503);
  }

  @Test
  void refusesABodyThatIsTooLargeBeforeItIsSent() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /v1/github HTTP/1.1\r\nHost: localhost\r\nX-GitHub-Event: push\r\n"
              + "X-GitHub-Delivery: d-1\r\nContent-Length: 30000000\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
      assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void shedsBadlySignedWebhooksButNeverGoodOnes() throws IOException {
    server.close();
    server = serve(2);
    Secret wrong = Secret.of("guessed");
    assertThat(server.send(push("d-1", PUSH, wrong)).statusCode()).isEqualTo(403);
    assertThat(server.send(push("d-2", PUSH, wrong)).statusCode()).isEqualTo(403);
    assertThat(server.send(push("d-3", PUSH, wrong)).statusCode()).isEqualTo(429);
    assertThat(server.send(push("d-4", PUSH, SECRET)).statusCode()).isEqualTo(202);
  }

  /** A store that can be away. */
  private static final class Breakable implements MetadataStore {
    private final MetadataStore store = new InMemoryMetadataStore();
    private volatile boolean down;

    private MetadataStore reached() {
      if (down) {
        throw Upstream.storeUnavailable("store", "reach it", "it is away", null);
      }
      return store;
    }

    @Override
    public Optional<Entry> get(String key) {
      return reached().get(key);
    }

    @Override
    public List<Entry> list(String prefix) {
      return reached().list(prefix);
    }

    @Override
    public List<Entry> list(String prefix, @Nullable String after, int limit) {
      return reached().list(prefix, after, limit);
    }

    @Override
    public Commit commit(Transaction transaction) {
      return reached().commit(transaction);
    }

    @Override
    public Subscription watch(String prefix, Consumer<Changed> listener) {
      return reached().watch(prefix, listener);
    }
  }
}

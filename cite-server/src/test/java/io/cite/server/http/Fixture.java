package io.cite.server.http;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentSettings.Replicas;
import io.cite.core.domain.service.Variables;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.source.Repositories;
import io.cite.server.config.ApiToken;
import io.cite.server.config.ApiToken.Verb;
import io.cite.server.config.HttpConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A listening server with the routes of a test. */
final class Fixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  static final List<ApiToken> TOKENS =
      List.of(
          token("reader", Verb.READ, "acme/*"),
          token("pusher", Verb.PUSH, "acme/*"),
          token("admin", Verb.ADMIN, "acme/*"),
          token("stranger", Verb.ADMIN, "other/*"),
          token("narrow", Verb.ADMIN, "acme/another"),
          token("root", Verb.ADMIN, "*"),
          new ApiToken(
              "late",
              hash("late"),
              List.of(new ApiToken.Scope(List.of("*"), Verb.ADMIN)),
              null,
              NOW.minusSeconds(1)));

  /** Nobody in these tests has a login, so nobody's own rights are asked for. */
  private static final OwnerRights RIGHTS =
      new OwnerRights(
          new Stores(new InMemoryMetadataStore()).services(),
          InMemoryPorts.absent(Repositories.class));

  final List<AuditEntry> audited = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client = HttpClient.newHttpClient();
  private final Meters meters = new Meters();
  private final HttpServer server;

  Fixture(Route... routes) {
    this(1_000, routes);
  }

  Fixture(int limit, Route... routes) {
    this(limit, new RoutingTable(List.of(routes)));
  }

  Fixture(int limit, RoutingTable table) {
    this(limit, List.of("127.0.0.0/8"), table);
  }

  Fixture(HttpConfiguration configuration, Route... routes) {
    this(configuration, 1_000, List.of(), new RoutingTable(List.of(routes)));
  }

  Fixture(int limit, List<String> trustedProxies, RoutingTable table) {
    this(http(limit), limit, trustedProxies, table);
  }

  private Fixture(
      HttpConfiguration configuration, int limit, List<String> trustedProxies, RoutingTable table) {
    AccessControl guard =
        new AccessControl(
            new Authenticator(TOKENS, RIGHTS, () -> NOW),
            new RateLimit(limit, () -> NOW),
            new RateLimit(limit, () -> NOW),
            new ClientAddresses(trustedProxies),
            new Recorded(),
            () -> NOW);
    server = new HttpServer(configuration, table, guard, meters);
    server.start();
  }

  /** Settings of an environment with one pod and nothing else. */
  static EnvironmentSettings settings(EnvironmentId id) {
    return new EnvironmentSettings(
        id, new Replicas(1), true, false, Variables.none(), List.of(), Map.of(), NOW);
  }

  static HttpConfiguration http(int limit) {
    return http(limit, true, Duration.ofSeconds(30), 64);
  }

  static HttpConfiguration http(
      int limit, boolean virtualThreads, Duration bodyTimeout, int bodyMemory) {
    return new HttpConfiguration(
        "127.0.0.1",
        0,
        URI.create("http://localhost"),
        16,
        virtualThreads,
        limit,
        limit,
        limit,
        0,
        bodyTimeout,
        bodyMemory,
        List.of());
  }

  static ApiToken token(String name, Verb verb, String services) {
    return new ApiToken(
        name,
        hash(name),
        List.of(new ApiToken.Scope(List.of(services), verb)),
        null,
        NOW.plusSeconds(3_600));
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(Authenticator.sha256(token));
  }

  HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  HttpResponse<String> send(String method, String path, @Nullable String token, String body)
      throws IOException {
    HttpRequest.Builder request = request(path, token);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  int port() {
    return server.port();
  }

  int healthPort() {
    return server.healthPort().orElseThrow();
  }

  String metrics() {
    return meters.scrape();
  }

  @Override
  public void close() {
    server.close();
    meters.close();
  }

  private final class Recorded implements AuditTrail {
    @Override
    public void append(String id, AuditEntry entry) {
      audited.add(entry);
    }

    @Override
    public void requireWritable() {
      // memory always is
    }

    @Override
    public List<Numbered> list(@Nullable Long before, int limit) {
      return List.of();
    }
  }
}

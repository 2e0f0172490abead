package io.cite.server.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What stands before several servers: each request goes to one of them at random. Webhooks it can
 * lose, double and put out of order. Thread-safe.
 */
final class Ingress implements AutoCloseable {
  private static final double RATE = 0.3;
  private static final Duration TIMEOUT = Duration.ofSeconds(6);
  private static final int LONGEST_DELAY_MILLIS = 3_000;
  private static final Set<String> OWN_HEADERS =
      Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");

  private final HttpServer listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final List<URI> servers;
  private final Random random;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<String, Refusal> refused = new ConcurrentHashMap<>();
  private final AtomicLong slowest = new AtomicLong();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean unreliable;

  private record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer of(int status) {
      return new Answer(status, Map.of(), new byte[0]);
    }
  }

  Ingress(List<URI> servers, int port, Random random) {
    this.servers = List.copyOf(servers);
    this.random = random;
    try {
      listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listening.setExecutor(threads);
    listening.createContext("/", this::handle);
    listening.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getAddress().getPort());
  }

  /** From now on webhooks get lost, doubled and overtaken, or do not. */
  void unreliable(boolean now) {
    unreliable = now;
  }

  /** Ids of the deliveries that a server has taken. */
  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** A server's answer that was not a success. */
  record Refusal(int status, String hook) {}

  /** Deliveries that a server has not taken at least once, by id. */
  Map<String, Refusal> refused() {
    return Map.copyOf(refused);
  }

  /** The longest that a server took to answer a delivery since this was asked before. */
  Duration slowest() {
    return Duration.ofNanos(slowest.getAndSet(0));
  }

  /** How many deliveries met what, and how servers answered them. */
  Map<String, Integer> counts() {
    Map<String, Integer> all = new TreeMap<>();
    counts.forEach((what, count) -> all.put(what, count.get()));
    return all;
  }

  boolean isIdle() {
    return underWay.get() == 0;
  }

  private void handle(HttpExchange exchange) throws IOException {
    underWay.incrementAndGet();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer =
          exchange.getRequestHeaders().containsKey("X-GitHub-Delivery")
              ? deliver(exchange, body)
              : forward(exchange, body);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      boolean bodiless = answer.body().length == 0;
      exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(answer.body());
      }
    } finally {
      underWay.decrementAndGet();
    }
  }

  private Answer deliver(HttpExchange exchange, byte[] body) {
    if (befalls()) {
      if (random.nextBoolean()) {
        count("lost without a trace");
        return Answer.of(202);
      }
      count("lost, known to GitHub");
      return Answer.of(502);
    }
    if (befalls()) {
      count("delayed");
      int millis = random.nextInt(LONGEST_DELAY_MILLIS);
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
          .join();
    }
    if (befalls()) {
      count("doubled");
      handOver(exchange, body);
    }
    return handOver(exchange, body);
  }

  private Answer handOver(HttpExchange exchange, byte[] body) {
    long begun = System.nanoTime();
    Answer answer = forward(exchange, body);
    slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
    String id = exchange.getRequestHeaders().getFirst("X-GitHub-Delivery");
    if (answer.status() / 100 == 2) {
      acknowledged.add(id);
    } else {
      String hook = exchange.getRequestHeaders().getFirst("X-GitHub-Hook-ID");
      refused.put(id, new Refusal(answer.status(), hook));
    }
    count("answered " + answer.status());
    return answer;
  }

  private boolean befalls() {
    return unreliable && random.nextDouble() < RATE;
  }

  private void count(String what) {
    counts.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
  }

  private Answer forward(HttpExchange exchange, byte[] body) {
    URI server = servers.get(random.nextInt(servers.size()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(exchange.getRequestURI().toString()))
            .timeout(TIMEOUT)
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new TreeMap<>();
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                  headers.put(name, values.get(0));
                }
              });
      return new Answer(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      return Answer.of(502);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.of(502);
    }
  }

  @Override
  public void close() {
    listening.stop(0);
    threads.shutdownNow();
  }
}

package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many signed {@code status} deliveries are stored and answered. They come on 32 connections
 * and speak of a repository that no service is made from, so that what is measured is the intake.
 */
class WebhookIntakeBench {
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = Integer.getInteger("bench.warmUp", 3_000);
  private static final int DELIVERIES = Integer.getInteger("bench.deliveries", 10_000);
  private static final String BODY =
      """
      {"id":1,"sha":"6113728f27ae82c7b1a177c8d03f9e96e0adf246","name":"bench/nothing",\
      "target_url":null,"context":"buildbot/cite-build","description":null,"state":"pending",\
      "branches":[{"name":"main","commit":{"sha":"6113728f27ae82c7b1a177c8d03f9e96e0adf246"}}],\
      "repository":{"id":4711,"name":"nothing","full_name":"bench/nothing",\
      "owner":{"login":"bench"}},"number":%d}""";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String run = "bench-" + UUID.randomUUID();

  @Test
  void withEtcd(@TempDir Path folder) throws Exception {
    try (EtcdRecords etcd = new EtcdRecords()) {
      try {
        measure("etcd", folder, Map.of());
      } finally {
        etcd.deleteBelow("/cite/.deliveries/" + run);
        etcd.deleteBelow("/cite/.inbox/" + run);
      }
    }
  }

  @Test
  void withTheEmbeddedStore(@TempDir Path folder) throws Exception {
    measure(
        "H2",
        folder,
        Map.of(
            "store.type", "embedded", "store.embedded.file", folder.resolve("store").toString()));
  }

  private void measure(String store, Path folder, Map<String, Object> keys) throws Exception {
    try (RealServers servers = RealServers.start(folder, keys)) {
      send(requests(servers, 0, WARM_UP));
      List<HttpRequest> requests = requests(servers, WARM_UP, DELIVERIES);
      long begin = System.nanoTime();
      List<Long> times = send(requests);
      double seconds = (System.nanoTime() - begin) / 1e9;
      Results.add(
          String.format(
              Locale.ROOT,
              "webhook intake with %s: %.0f/s, %s",
              store,
              DELIVERIES / seconds,
              Results.times(times)));
    }
  }

  /** Made beforehand: the sender's share of the work is not to be measured. */
  private List<HttpRequest> requests(RealServers servers, int from, int count) {
    List<HttpRequest> requests = new ArrayList<>();
    for (int number = from; number < from + count; number++) {
      String body = BODY.formatted(number);
      requests.add(
          servers.cite().delivery("status", run + "-" + number, body, RealServers.WEBHOOK_SECRET));
    }
    return requests;
  }

  private List<Long> send(List<HttpRequest> requests) throws Exception {
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      done.add(
          senders.submit(
              () -> {
                for (int n = next.getAndIncrement();
                    n < requests.size();
                    n = next.getAndIncrement()) {
                  long begin = System.nanoTime();
                  int status =
                      http.send(requests.get(n), HttpResponse.BodyHandlers.discarding())
                          .statusCode();
                  times.add(System.nanoTime() - begin);
                  assertThat(status).isEqualTo(202);
                }
                return null;
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    senders.shutdown();
    return List.copyOf(times);
  }
}

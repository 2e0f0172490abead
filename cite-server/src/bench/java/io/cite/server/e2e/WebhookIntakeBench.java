package io.cite.server.e2e;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many signed {@code status} deliveries are stored and answered. They come on 32 connections
 * and speak of a repository that no service is made from, so that what is measured is the intake. The first of them
 * find a server that has just started and is still being compiled; the rounds after show how fast
 * it gets.
 */
class WebhookIntakeBench {
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = Integer.getInteger("bench.warmUp", 3_000);
  private static final int DELIVERIES = Integer.getInteger("bench.deliveries", 10_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final Duration SETTLED = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final double NANOS = 1e9;
  private static final String BODY =
      """
      {"id":1,"sha":"6113728f27ae82c7b1a177c8d03f9e96e0adf246","name":"bench/nothing",\
      "target_url":null,"context":"buildbot/cite-build","description":null,"state":"pending",\
      "branches":[{"name":"main","commit":{"sha":"6113728f27ae82c7b1a177c8d03f9e96e0adf246"}}],\
      "repository":{"id":4711,"name":"nothing","full_name":"bench/nothing",\
      "owner":{"login":"bench"}},"number":%d}""";

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
        "the embedded store",
        folder,
        Map.of(
            "store.type", "embedded", "store.embedded.file", folder.resolve("store").toString()));
  }

  private void measure(String store, Path folder, Map<String, Object> keys) throws Exception {
    try (RealServers servers = RealServers.start(folder, keys)) {
      Connections connections = new Connections(URI.create(servers.ownHook()), CONNECTIONS);
      int sent = 0;
      for (int round = 0; round <= ROUNDS; round++) {
        int count = round == 0 ? WARM_UP : DELIVERIES;
        List<byte[]> requests = requests(servers, sent, count);
        sent += count;
        long begin = System.nanoTime();
        List<Long> times = connections.send(requests);
        long answered = System.nanoTime();
        await().atMost(SETTLED).pollInterval(POLL).until(() -> isSettled(servers));
        Results.add(
            String.format(
                Locale.ROOT,
                "webhook intake with %s, %s: %.0f/s, %s, all settled %.1f s later",
                store,
                round == 0 ? "just started" : "round " + round,
                count / ((answered - begin) / NANOS),
                Results.times(times),
                (System.nanoTime() - answered) / NANOS));
      }
    }
  }

  private static boolean isSettled(RealServers servers) {
    return servers
        .cite()
        .get("/metrics")
        .expect(200)
        .body()
        .lines()
        .anyMatch(line -> line.startsWith("cite_engine_backlog 0"));
  }

  /** Made beforehand: the sender's share of the work is not to be measured. */
  private List<byte[]> requests(RealServers servers, int from, int count) {
    List<byte[]> requests = new ArrayList<>();
    for (int number = from; number < from + count; number++) {
      String body = BODY.formatted(number);
      requests.add(
          Connections.bytes(
              servers
                  .cite()
                  .delivery("status", run + "-" + number, body, RealServers.WEBHOOK_SECRET),
              body));
    }
    return requests;
  }
}

package io.cite.server.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.fixture.JsonClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The packaged server is killed at random moments under a mixed load over HTTP, with its records in
 * the embedded store. Whatever it acknowledged is there after its next start, and no number is
 * given twice. {@code -Dserver.kills=N} sets how often, {@code -Dserver.seed=S} the moments.
 */
class KilledServerIT {
  private static final int KILLS = Integer.getInteger("server.kills", 20);
  private static final long SEED = Long.getLong("server.seed", System.nanoTime());
  private static final int LONGEST_LOAD_MILLIS = 1_200;
  private static final int LONGEST_START_MILLIS = 3_000;
  private static final int STARTS_DISTURBED_OF_TEN = 1;
  private static final Duration SOON = Duration.ofMinutes(5);
  private static final System.Logger LOG = System.getLogger(KilledServerIT.class.getName());

  @TempDir private Path folder = Path.of(".");

  @Test
  void losesNothingThatItAcknowledgedHoweverOftenItIsKilled() throws Exception {
    Random random = new Random(SEED);
    Ledger ledger = new Ledger();
    try (EmbeddedServer server = new EmbeddedServer(folder, folder.resolve("data"))) {
      server.seed();
      server.startReady("killed");
      String commit = server.createService();
      long repository =
          server.github().get("/repos/" + EmbeddedServer.REPOSITORY).json().path("id").asLong();
      try (MixedLoad load = new MixedLoad(server.cite(), ledger, commit, repository)) {
        load.start();
        for (int kill = 1; kill <= KILLS; kill++) {
          pass(random.nextInt(LONGEST_LOAD_MILLIS));
          server.kill();
          if (random.nextInt(10) < STARTS_DISTURBED_OF_TEN) {
            server.start("killed");
            pass(random.nextInt(LONGEST_START_MILLIS));
            server.kill();
            kill++;
          }
          server.startReady("killed");
          String why = "after kill " + kill + ", seed " + SEED;
          ledger.compareNew(server.cite(), why);
          assertThat(load.surprises()).as(why).isEmpty();
          if (kill % 50 == 0) {
            LOG.log(System.Logger.Level.INFO, "{0} kills: {1}; none lost", kill, ledger);
          }
        }
      }
      assertAllIsThere(server.cite(), ledger);
    }
    LOG.log(System.Logger.Level.INFO, "{0} kills: {1}; none lost", KILLS, ledger);
  }

  private static void assertAllIsThere(JsonClient cite, Ledger ledger) {
    String why = "in the end, seed " + SEED;
    ledger.compareAll(cite, why);
    String deployments = EmbeddedServer.ENVIRONMENT + "/deployments";
    await("the end of all deployments")
        .atMost(SOON)
        .until(
            () ->
                Ledger.items(cite, deployments).stream()
                    .allMatch(
                        d ->
                            List.of("LIVE", "RETIRED", "FAILED", "SUPERSEDED", "CANCELLED")
                                .contains(d.path("state").asString())));
    await("the end of all deliveries")
        .atMost(SOON)
        .until(
            () ->
                Ledger.items(cite, "/v1/deliveries").stream()
                    .allMatch(
                        d -> d.path("disposition").asString().matches("(?s)(applied|ignored).*")));
    assertAudited(cite, ledger, why);
  }

  /** What was acknowledged was audited before; the entries are a chain without a gap. */
  private static void assertAudited(JsonClient cite, Ledger ledger, String why) {
    List<JsonNode> entries = Ledger.items(cite, "/v1/audit");
    assertThat(entries.stream().map(entry -> entry.path("sequence").asLong()).toList())
        .as(why)
        .isEqualTo(
            LongStream.iterate(entries.size(), sequence -> sequence - 1)
                .limit(entries.size())
                .boxed()
                .toList());
    assertThat(targets(entries, "service.create")).as(why).containsAll(ledger.created());
    assertThat(targets(entries, "service.delete")).as(why).containsAll(ledger.deleted());
    assertThat(targets(entries, "deployment.request"))
        .as(why)
        .hasSizeGreaterThanOrEqualTo(ledger.deployments());
  }

  private static List<String> targets(List<JsonNode> entries, String action) {
    return entries.stream()
        .filter(entry -> entry.path("action").asString().equals(action))
        .map(entry -> entry.path("target").asString())
        .toList();
  }

  /** Lets a random time pass: the moment of the next kill. */
  private static void pass(int millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}

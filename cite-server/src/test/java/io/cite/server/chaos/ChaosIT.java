package io.cite.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers under a load while they, etcd and the network fail. Once all is mended and quiet, the
 * invariants hold without exception.
 *
 * <p>{@code -Dchaos.deployments}, {@code -Dchaos.faults}, {@code -Dchaos.minutes}, {@code
 * -Dchaos.services}, {@code -Dchaos.pause} (milliseconds between two deeds of a team) and {@code
 * -Dchaos.seed} make it longer, or another one.
 */
class ChaosIT {
  private static final int DEPLOYMENTS = Integer.getInteger("chaos.deployments", 200);
  private static final int FAULTS = Integer.getInteger("chaos.faults", 20);
  private static final int SERVICES = Integer.getInteger("chaos.services", 8);
  private static final int OWNERS = 2;
  private static final Duration LONGEST =
      Duration.ofMinutes(Integer.getInteger("chaos.minutes", 12));
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
  private static final Duration BETWEEN_DEEDS =
      Duration.ofMillis(Integer.getInteger("chaos.pause", 4_000));
  private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(6);

  /** A build and two rollouts, one after the other, may each take as long as they are given. */
  private static final Duration UNTIL_QUIET =
      World.TIMEOUT.multipliedBy(3).plusMinutes(2).plusMillis(50L * DEPLOYMENTS);

  private static final Duration STAYS_QUIET = World.SWEEP.multipliedBy(2).plusSeconds(2);

  /**
   * Deliveries that failed may still be made again, each of which is checked; and checking all
   * takes its time.
   */
  private static final Duration UNTIL_SETTLED =
      Duration.ofMinutes(1).plusMillis(200L * DEPLOYMENTS);

  private static final Duration TICK = Duration.ofMillis(200);

  @Test
  void losesNothingAndDoesNothingTwiceWhateverFails(@TempDir Path folder) throws IOException {
    say("seed " + SEED);
    Random random = new Random(SEED);
    String owner = "chaos-" + Long.toString(System.currentTimeMillis(), 36);
    CountDownLatch stopped = new CountDownLatch(1);
    ExecutorService people = Executors.newFixedThreadPool(SERVICES);
    try (World world = new World(folder, new Random(random.nextLong()))) {
      world.start();
      List<Team> teams =
          IntStream.range(0, SERVICES)
              .mapToObj(
                  i ->
                      new Team(
                          world,
                          world.owner(owner + i % OWNERS) + "/app-" + i,
                          new Random(random.nextLong()),
                          BETWEEN_DEEDS,
                          stopped))
              .toList();
      try {
        teams.parallelStream().forEach(Team::begin);
        say("services are made");
        world.ingress().unreliable(true);
        teams.forEach(people::execute);
        Disturbances disturbances = disturb(world, teams, random);
        world.ingress().unreliable(false);
        stopped.countDown();
        people.shutdown();
        disturbances.end();
        assertThat(people.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
        long mended = System.nanoTime();
        awaitQuiet(world, teams);
        say("quiet after " + Duration.ofNanos(System.nanoTime() - mended).toSeconds() + " s");
        report(world, teams, disturbances);
        await("no breach")
            .pollInSameThread()
            .pollInterval(Duration.ofSeconds(5))
            .atMost(UNTIL_SETTLED)
            .untilAsserted(() -> assertThat(Invariants.breaches(world, teams)).isEmpty());
        assertThat(teams).flatExtracting(Team::surprises).isEmpty();
        assertThat(deployments(world, teams)).isGreaterThanOrEqualTo(DEPLOYMENTS);
        assertThat(disturbances.count()).isGreaterThanOrEqualTo(FAULTS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        stopped.countDown();
        people.shutdownNow();
      }
    }
  }

  private static Disturbances disturb(World world, List<Team> teams, Random random) {
    Disturbances disturbances = new Disturbances(world, new Random(random.nextLong()));
    long[] next = {System.nanoTime() + BETWEEN_FAULTS.toNanos()};
    long[] count = {System.nanoTime()};
    long end = System.nanoTime() + LONGEST.toNanos();
    boolean[] enough = {false};
    await("enough deployments and faults, or the end")
        .pollInSameThread()
        .pollInterval(TICK)
        .forever()
        .until(
            () -> {
              disturbances.tend();
              long now = System.nanoTime();
              if (now - next[0] > 0) {
                disturbances.next();
                next[0] = now + (long) (BETWEEN_FAULTS.toNanos() * (0.5 + random.nextDouble()));
              }
              if (now - count[0] > 0 && !disturbances.gitHubFails()) {
                int deployments = deployments(world, teams);
                say(deployments + " deployments, " + disturbances.count() + " faults");
                enough[0] = deployments >= DEPLOYMENTS && disturbances.count() >= FAULTS;
                count[0] = now + Duration.ofSeconds(10).toNanos();
              }
              return enough[0] || now - end > 0;
            });
    return disturbances;
  }

  private static int deployments(World world, List<Team> teams) {
    return teams.stream()
        .mapToInt(team -> world.listed("/repos/" + team.repository() + "/deployments").size())
        .sum();
  }

  private static void awaitQuiet(World world, List<Team> teams) {
    Quiet quiet = new Quiet(world, teams);
    Map<String, List<String>> last = new TreeMap<>();
    try {
      await("quiet")
          .pollInSameThread()
          .pollInterval(Duration.ofSeconds(3))
          .during(STAYS_QUIET)
          .atMost(UNTIL_QUIET)
          .until(
              () -> {
                Map<String, List<String>> work = quiet.work();
                if (!work.isEmpty()) {
                  last.clear();
                  last.putAll(work);
                  say("still to be done: " + amounts(work) + sample(work));
                }
                return work.isEmpty();
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(
          "Still to be done: " + quiet.work() + ", and when there was work last: " + last, e);
    }
  }

  private static Map<String, Integer> amounts(Map<String, List<String>> work) {
    Map<String, Integer> amounts = new TreeMap<>();
    work.forEach((kind, which) -> amounts.put(kind, which.size()));
    return amounts;
  }

  /** The first of each kind, for whoever wants to know what takes so long. */
  private static String sample(Map<String, List<String>> work) {
    StringBuilder sample = new StringBuilder();
    work.values().forEach(which -> sample.append("; ").append(which.get(0)));
    return sample.toString();
  }

  private static void report(World world, List<Team> teams, Disturbances disturbances) {
    disturbances.story().forEach(ChaosIT::say);
    say("deployments: " + deployments(world, teams));
    say("surprises: " + teams.stream().flatMap(team -> team.surprises().stream()).toList());
    say("faults: " + disturbances.count() + " " + disturbances.counts());
    say("webhooks: " + world.ingress().counts());
    say(
        "webhooks refused: "
            + world.ingress().refused().entrySet().stream()
                .filter(refused -> refused.getValue().status() < 500)
                .toList());
    List<Long> recoveries = new ArrayList<>(disturbances.recoveries());
    Collections.sort(recoveries);
    if (!recoveries.isEmpty()) {
      say(
          "another server led after "
              + recoveries.get(0)
              + " to "
              + recoveries.get(recoveries.size() - 1)
              + " ms, median "
              + recoveries.get(recoveries.size() / 2)
              + " ms, "
              + recoveries.size()
              + " times");
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(String what) {
    System.out.println("chaos: " + Instant.now() + " " + what);
  }
}

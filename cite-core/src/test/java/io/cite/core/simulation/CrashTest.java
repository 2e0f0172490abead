package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.simulation.Faults.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process ends before or after each call of a port, and before or after each pair of calls:
 * another process goes on, and in the end everything is as if nothing had happened. {@code
 * -Dsimulation.stride=N} tries every N-th pair, 16 if it is not set: all of them last most of an
 * hour.
 */
class CrashTest {
  private record Point(int call, Moment moment) {}

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void survivesACrashAtEachCall(Scenario scenario) {
    String undisturbed = Outcome.of(scenario.play(faults -> {}));
    List<Point> points = points(scenario);
    points.parallelStream()
        .forEach(
            point -> {
              World world = scenario.play(f -> f.crashAt(point.call(), point.moment()));
              check(scenario, undisturbed, world, 1, point.toString());
            });
    System.Logger log = System.getLogger(CrashTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "{0}: {1} crash points tried, {1} survived",
        scenario,
        points.size());
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void survivesEachPairOfCrashes(Scenario scenario) {
    String undisturbed = Outcome.of(scenario.play(faults -> {}));
    List<Point> points = points(scenario);
    int stride = Integer.getInteger("simulation.stride", 16);
    List<List<Point>> pairs = new ArrayList<>();
    for (int first = 0; first < points.size(); first++) {
      for (int second = first + 1 + first % stride; second < points.size(); second += stride) {
        // a process that ended before a call never comes to the end of it
        if (points.get(first).call() != points.get(second).call()) {
          pairs.add(List.of(points.get(first), points.get(second)));
        }
      }
    }
    AtomicInteger notReached = new AtomicInteger();
    pairs.parallelStream()
        .forEach(
            pair -> {
              World world =
                  scenario.play(faults -> pair.forEach(p -> faults.crashAt(p.call(), p.moment())));
              // a first crash can save calls, so that the run ends before the second point
              boolean reached = world.faults.calls().size() >= pair.get(1).call();
              if (!reached) {
                notReached.incrementAndGet();
              }
              check(scenario, undisturbed, world, reached ? 2 : 1, pair.toString());
            });
    assertThat(notReached.get()).as("pairs of one crash").isLessThanOrEqualTo(pairs.size() / 100);
    System.Logger log = System.getLogger(CrashTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "{0}: {1} pairs of crashes tried, {1} survived",
        scenario,
        pairs.size());
  }

  private static List<Point> points(Scenario scenario) {
    List<Point> points = new ArrayList<>();
    int count = scenario.play(faults -> {}).faults.calls().size();
    for (int call = 1; call <= count; call++) {
      points.add(new Point(call, Moment.BEFORE));
      points.add(new Point(call, Moment.AFTER));
    }
    return points;
  }

  private static void check(
      Scenario scenario, String undisturbed, World world, int crashes, String where) {
    try {
      assertThat(world.crashes).as("crashes").isEqualTo(crashes);
      Invariants.checkStrictly(world);
      assertThat(Outcome.of(world)).isEqualTo(undisturbed);
    } catch (AssertionError e) {
      throw new AssertionError(scenario + " with a crash at " + where + ": " + e.getMessage(), e);
    }
  }
}

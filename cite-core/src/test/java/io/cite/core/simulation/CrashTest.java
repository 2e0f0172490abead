package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.simulation.Faults.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process ends before or after each call of a port, and before each pair of calls that have an
 * effect; another process goes on, and in the end everything is as if nothing had happened. Between
 * two effects nothing remains of what the process did, so all crashes there are the same one: pairs
 * are taken of these only.
 */
class CrashTest {
  private record Point(int call, Moment moment) {}

  private record Pair(int first, int second) {
    void place(Faults faults) {
      faults.crashBeforeEffect(first);
      faults.crashBeforeEffect(second);
    }
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void survivesACrashAtEachCall(Scenario scenario) {
    World calm = scenario.play(faults -> {});
    String undisturbed = Outcome.of(calm);
    List<Point> points = points(scenario);
    points.parallelStream()
        .forEach(
            point -> {
              World world = scenario.play(f -> f.crashAt(point.call(), point.moment()));
              check(scenario, undisturbed, calm, world, 1, point.toString());
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
    World calm = scenario.play(faults -> {});
    String undisturbed = Outcome.of(calm);
    List<Pair> pairs = pairs(scenario);
    pairs.parallelStream()
        .forEach(
            pair -> {
              World world = scenario.play(pair::place);
              check(scenario, undisturbed, calm, world, 2, pair.toString());
            });
    System.Logger log = System.getLogger(CrashTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "{0}: {1} pairs of crashes tried, {1} survived",
        scenario,
        pairs.size());
  }

  /** The second effect is counted in the run in which the first crash happens. */
  private static List<Pair> pairs(Scenario scenario) {
    int effects = scenario.play(faults -> {}).faults.effects();
    return IntStream.rangeClosed(1, effects)
        .parallel()
        .boxed()
        .flatMap(
            first -> {
              World world = scenario.play(faults -> faults.crashBeforeEffect(first));
              return IntStream.rangeClosed(first + 1, world.faults.effects())
                  .mapToObj(second -> new Pair(first, second));
            })
        .toList();
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
      Scenario scenario, String undisturbed, World calm, World world, int crashes, String where) {
    try {
      assertThat(world.crashes).as("crashes").isEqualTo(crashes);
      Invariants.checkStrictly(world);
      assertThat(Outcome.of(world)).isEqualTo(undisturbed);
      Invariants.builderIsAskedAtMostOnceMoreForEachCrash(world, calm);
    } catch (AssertionError e) {
      throw new AssertionError(scenario + " with a crash at " + where + ": " + e.getMessage(), e);
    }
  }
}

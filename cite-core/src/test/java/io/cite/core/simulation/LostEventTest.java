package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The store and the cluster may lose an event, or tell of it late. In the end everything is as if
 * they had not: whoever must know lists again. Who is notified on the way may be notified of less:
 * a build of which CITE learns once it has ended is not said to have started.
 */
class LostEventTest {
  @ParameterizedTest
  @EnumSource(Scenario.class)
  void missesNothingThatNoEventReported(Scenario scenario) {
    tryEach(scenario, "lost", event -> events -> events.lose(event));
  }

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void isNotMisledByAnEventThatComesLate(Scenario scenario) {
    tryEach(scenario, "late", event -> events -> events.delay(event, 4));
  }

  private static void tryEach(Scenario scenario, String what, IntFunction<Consumer<Events>> fault) {
    World calm = scenario.play(faults -> {});
    String undisturbed = Outcome.lasting(calm);
    int events = calm.faults.events().count();
    assertThat(events).isPositive();
    IntStream.rangeClosed(1, events)
        .parallel()
        .forEach(
            event -> {
              World world = scenario.play(faults -> fault.apply(event).accept(faults.events()));
              try {
                Invariants.checkStrictly(world);
                assertThat(Outcome.lasting(world)).isEqualTo(undisturbed);
              } catch (AssertionError e) {
                throw new AssertionError(
                    scenario + " with event " + event + " " + what + ": " + e.getMessage(), e);
              }
            });
  }
}

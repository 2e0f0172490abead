package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.ServiceState;
import io.cite.core.error.Conflict;
import io.cite.core.error.Upstream;
import io.cite.core.simulation.Faults.Moment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call of each port goes wrong in each way that systems go wrong. */
class FaultTest {
  private record Fault(
      String name, Moment moment, boolean passes, Supplier<RuntimeException> exception) {
    boolean canStrike(String call) {
      return passes || !(call.startsWith("MetadataStore") || call.startsWith("AuditTrail"));
    }
  }

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              "timeout before the effect",
              Moment.BEFORE,
              true,
              () -> Upstream.retryable("simulated", "call", "of a timeout", null)),
          new Fault(
              "timeout after the effect",
              Moment.AFTER,
              true,
              () -> Upstream.retryable("simulated", "call", "of a timeout", null)),
          new Fault(
              "429",
              Moment.BEFORE,
              true,
              () ->
                  Upstream.limited(
                      "simulated", "call", "of a rate limit", Duration.ofSeconds(70), null)),
          new Fault(
              "4xx",
              Moment.BEFORE,
              false,
              () -> Upstream.permanent("simulated", "call", "it is forbidden", null)),
          new Fault("409", Moment.BEFORE, false, () -> new Conflict("it exists already")));

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void endsWellOrIsExplained(Scenario scenario) {
    World calm = scenario.play(faults -> {});
    String undisturbed = Outcome.lasting(calm);
    List<String> calls = calm.faults.calls();
    AtomicInteger tried = new AtomicInteger();
    IntStream.rangeClosed(1, calls.size())
        .parallel()
        .forEach(
            call ->
                FAULTS.forEach(
                    fault -> {
                      if (fault.canStrike(calls.get(call - 1))) {
                        strike(scenario, undisturbed, call, calls.get(call - 1), fault);
                        tried.incrementAndGet();
                      }
                    }));
    System.getLogger(FaultTest.class.getName())
        .log(
            System.Logger.Level.INFO, "{0}: {1} faults tried, {1} survived", scenario, tried.get());
  }

  private static void strike(
      Scenario scenario, String undisturbed, int call, String name, Fault fault) {
    World world = new World();
    try {
      scenario.play(world, w -> w.faults.failAt(call, fault.moment(), fault.exception()));
    } catch (Conflict | Upstream e) {
      assertThat(fault.passes()).as("an order may only be refused for good").isFalse();
      world.faults.disarm();
      Scenario.quiet(world);
    }
    check(scenario, undisturbed, name, fault, world);
  }

  private static void check(
      Scenario scenario, String undisturbed, String call, Fault fault, World world) {
    try {
      Invariants.checkStrictly(world);
      if (fault.passes() && !call.equals("Builder.log")) {
        assertThat(Outcome.lasting(world)).isEqualTo(undisturbed);
      }
      if (scenario == Scenario.CREATE && !fault.passes()) {
        world.retryCreate();
        assertThat(world.catalogue().service(World.SERVICE).record().state())
            .isIn(ServiceState.READY, ServiceState.DEGRADED);
        Invariants.checkStrictly(world);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          scenario + " with " + fault.name() + " at " + call + ": " + e.getMessage(), e);
    }
  }
}

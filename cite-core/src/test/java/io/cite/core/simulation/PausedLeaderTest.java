package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The leader is paused before each of its calls; meanwhile another process leads and brings a newer
 * commit live; then the paused one goes on with the call that it was about to make.
 */
class PausedLeaderTest {

  @ParameterizedTest
  @EnumSource(names = {"BUILD_AND_DEPLOY", "NO_POD_TAKES_TRAFFIC", "ROLLBACK"})
  void doesNoHarm(Scenario scenario) {
    List<String> calls = scenario.play(faults -> {}).faults.calls();
    for (int call = 1; call <= calls.size(); call++) {
      Invariants.check(pausedAt(scenario, call, new World(), false));
    }
    assertThat(calls).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILD_AND_DEPLOY", "ROLLBACK"})
  void doesNoHarmThoughItEndsAfterThatCall(Scenario scenario) {
    int calls = scenario.play(faults -> {}).faults.calls().size();
    for (int call = 1; call <= calls; call++) {
      Invariants.check(pausedAt(scenario, call, new World(), true));
    }
  }

  @Test
  void wouldDoHarmIfTheClusterDidNotCompareNumbers() {
    int calls = Scenario.BUILD_AND_DEPLOY.play(faults -> {}).faults.calls().size();
    assertThatThrownBy(
            () -> {
              for (int call = 1; call <= calls; call++) {
                Invariants.check(
                    pausedAt(
                        Scenario.BUILD_AND_DEPLOY,
                        call,
                        new World(PausedLeaderTest::withoutCheck),
                        false));
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  private static World pausedAt(Scenario scenario, int call, World world, boolean killed) {
    return scenario.play(
        world,
        ready -> {
          Runnable meanwhile =
              () -> {
                ready.takeOver();
                ready.pushAndBuild("meanwhile");
              };
          if (killed) {
            ready.faults.pauseAndKillAt(call, meanwhile);
          } else {
            ready.faults.pauseAt(call, meanwhile);
          }
        });
  }

  /** The cluster with the comparison of deployment numbers taken out. */
  private static Cluster withoutCheck(Cluster real) {
    ClusterLens lens =
        (call, arguments) -> {
          if (call.equals("TrafficRouter.switchTraffic")) {
            var environment = (io.cite.core.domain.service.EnvironmentId) arguments[0];
            long now = real.traffic().current(environment).map(Traffic::deploySeq).orElse(0L);
            arguments[1] = Math.max(now, (Long) arguments[1]);
          }
        };
    return lens.over(real);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.Traffic;
import java.util.ArrayList;
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

  /** The harm is put right later by the leader, but an old version had the traffic until then. */
  @Test
  void wouldDoHarmIfTheClusterDidNotCompareNumbers() {
    List<Long> overtaken = new ArrayList<>();
    int calls = Scenario.BUILD_AND_DEPLOY.play(faults -> {}).faults.calls().size();
    for (int call = 1; call <= calls; call++) {
      pausedAt(
          Scenario.BUILD_AND_DEPLOY,
          call,
          new World(cluster -> withoutCheck(cluster, overtaken)),
          false);
    }
    assertThat(overtaken).isNotEmpty();
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

  /**
   * The cluster with the comparison of deployment numbers taken out.
   *
   * @param overtaken gets the numbers of deployments that lost the traffic to an older one
   */
  private static Cluster withoutCheck(Cluster real, List<Long> overtaken) {
    ClusterLens lens =
        (call, arguments) -> {
          if (call.equals("TrafficRouter.switchTraffic")) {
            var environment = (io.cite.core.domain.service.EnvironmentId) arguments[0];
            long now = real.traffic().current(environment).map(Traffic::deploySeq).orElse(0L);
            if (now > (Long) arguments[1]) {
              overtaken.add(now);
            }
            arguments[1] = Math.max(now, (Long) arguments[1]);
          }
        };
    return lens.over(real);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.port.Cluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
      World world = pausedAt(scenario, call, new World());
      if (calls.get(call - 1).equals("SourceHost.announce")) {
        Invariants.checkApartFromTheHostsOwnRecords(world);
      } else {
        Invariants.check(world);
      }
    }
    assertThat(calls).hasSizeGreaterThan(50);
  }

  @Test
  void wouldDoHarmIfTheClusterDidNotCompareNumbers() {
    int calls = Scenario.BUILD_AND_DEPLOY.play(faults -> {}).faults.calls().size();
    assertThatThrownBy(
            () -> {
              for (int call = 1; call <= calls; call++) {
                Invariants.checkApartFromTheHostsOwnRecords(
                    pausedAt(
                        Scenario.BUILD_AND_DEPLOY,
                        call,
                        new World(PausedLeaderTest::withoutCheck)));
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  private static World pausedAt(Scenario scenario, int call, World world) {
    return scenario.play(
        world,
        ready ->
            ready.faults.pauseAt(
                call,
                () -> {
                  ready.takeOver();
                  ready.pushAndBuild("meanwhile");
                }));
  }

  /** The cluster with the comparison of deployment numbers taken out. */
  private static Cluster withoutCheck(Cluster real) {
    return (Cluster)
        Proxy.newProxyInstance(
            Cluster.class.getClassLoader(),
            new Class<?>[] {Cluster.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("switchTraffic")) {
                var environment = (io.cite.core.domain.service.EnvironmentId) arguments[0];
                long now = real.traffic(environment).map(Cluster.Traffic::deploySeq).orElse(0L);
                arguments[1] = Math.max(now, (Long) arguments[1]);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.error.NotFound;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.SwitchResult;
import io.cite.core.port.cluster.Traffic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The part of {@link ClusterContract} about Services, their ports and their traffic. */
abstract class TrafficContract extends ClusterFixture {
  private static final ContainerPorts OTHER_PORTS = new ContainerPorts(List.of(9090, 8080));

  @Test
  void makesAServiceOnceAndSendsItsTrafficNowhere() {
    assertThat(cluster().traffic().current(environment)).isEmpty();
    assertThat(cluster().traffic().ensureService(environment, PORTS)).isTrue();
    assertThat(cluster().traffic().ensureService(environment, PORTS)).isFalse();
    assertThat(cluster().traffic().current(environment)).contains(new Traffic(0, 0, PORTS, 0));
  }

  @Test
  void givesNoAddressOfAnEnvironmentWithoutAService() {
    assertThat(cluster().traffic().address(environment)).isEmpty();
  }

  @Test
  void directsTrafficToAReadyRollout() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = rollOutAndAwait(1, 2);

    assertThat(cluster().traffic().switchTraffic(environment, 1, rollout, PORTS))
        .isEqualTo(new SwitchResult.Switched());

    await()
        .atMost(timeout())
        .until(
            () -> cluster().traffic().current(environment).orElseThrow(),
            new Traffic(1, 1, PORTS, 2)::equals);
  }

  @Test
  void switchesOnceForADeployment() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = new RolloutId(environment, 3);

    assertThat(cluster().traffic().switchTraffic(environment, 3, rollout, PORTS))
        .isEqualTo(new SwitchResult.Switched());
    assertThat(cluster().traffic().switchTraffic(environment, 3, rollout, PORTS))
        .isEqualTo(new SwitchResult.Switched());
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void saysThatAnEnvironmentHasNoServiceToSwitch() {
    RolloutId rollout = new RolloutId(environment, 1);

    assertThatThrownBy(() -> cluster().traffic().switchTraffic(environment, 1, rollout, PORTS))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(environment.toString());
  }

  @Test
  void neverLetsAnOlderDeploymentOvertakeANewerOne() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 6, new RolloutId(environment, 6), PORTS);

    assertThat(
            cluster().traffic().switchTraffic(environment, 5, new RolloutId(environment, 5), PORTS))
        .isEqualTo(new SwitchResult.Overtaken(6));
    assertThat(cluster().traffic().current(environment).orElseThrow().rolloutSeq()).isEqualTo(6);
  }

  @Test
  void directsTrafficBackToAnEarlierRolloutOnBehalfOfANewerDeployment() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 1, new RolloutId(environment, 1), PORTS);
    cluster().traffic().switchTraffic(environment, 2, new RolloutId(environment, 2), PORTS);

    cluster().traffic().switchTraffic(environment, 3, new RolloutId(environment, 1), PORTS);

    Traffic traffic = cluster().traffic().current(environment).orElseThrow();
    assertThat(traffic.deploySeq()).isEqualTo(3);
    assertThat(traffic.rolloutSeq()).isEqualTo(1);
  }

  @Test
  void letsTheNewestOfManyDeploymentsAtOnceHaveTheTraffic() throws Exception {
    cluster().traffic().ensureService(environment, PORTS);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (long low = 1; low < 20; low += 2) {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<SwitchResult> older = threads.submit(switchTo(low, start));
        Future<SwitchResult> newer = threads.submit(switchTo(low + 1, start));

        assertThat(newer.get()).isEqualTo(new SwitchResult.Switched());
        assertThat(older.get())
            .isIn(new SwitchResult.Switched(), new SwitchResult.Overtaken(low + 1));
        Traffic traffic = cluster().traffic().current(environment).orElseThrow();
        assertThat(traffic.deploySeq()).isEqualTo(low + 1);
        assertThat(traffic.rolloutSeq()).isEqualTo(low + 1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void reportsWhichRolloutTheServiceSelects() {
    assertThat(cluster().traffic().assigned(environment)).isEmpty();
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 7, new RolloutId(environment, 3), PORTS);

    await()
        .atMost(timeout())
        .until(
            () -> cluster().traffic().assigned(environment),
            Optional.of(new Traffic(7, 3, PORTS, 0))::equals);
  }

  private Callable<SwitchResult> switchTo(long seq, CyclicBarrier start) {
    return () -> {
      start.await();
      return cluster()
          .traffic()
          .switchTraffic(environment, seq, new RolloutId(environment, seq), PORTS);
    };
  }

  private long committed() {
    return cluster().traffic().current(environment).orElseThrow().deploySeq();
  }

  @Test
  void leavesAServiceThatIsThereAsItIs() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 4, new RolloutId(environment, 4), PORTS);

    assertThat(cluster().traffic().ensureService(environment, OTHER_PORTS)).isFalse();

    assertThat(trafficNow()).isEqualTo(new Traffic(4, 4, PORTS, 0));
  }

  @Test
  void switchesThePortsTogetherWithTheTraffic() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId first = new RolloutId(environment, 1);
    cluster().traffic().switchTraffic(environment, 1, first, PORTS);

    cluster().traffic().switchTraffic(environment, 2, new RolloutId(environment, 2), OTHER_PORTS);
    assertThat(trafficNow()).isEqualTo(new Traffic(2, 2, OTHER_PORTS, 0));
    await()
        .atMost(timeout())
        .until(
            () -> cluster().traffic().assigned(environment),
            Optional.of(new Traffic(2, 2, OTHER_PORTS, 0))::equals);

    cluster().traffic().switchTraffic(environment, 3, first, PORTS);
    assertThat(trafficNow()).isEqualTo(new Traffic(3, 1, PORTS, 0));
  }

  @Test
  void leavesThePortsToTheDeploymentThatHasTheTraffic() {
    cluster().traffic().ensureService(environment, PORTS);
    cluster().traffic().switchTraffic(environment, 6, new RolloutId(environment, 6), PORTS);

    assertThat(
            cluster()
                .traffic()
                .switchTraffic(environment, 5, new RolloutId(environment, 5), OTHER_PORTS))
        .isEqualTo(new SwitchResult.Overtaken(6));

    assertThat(trafficNow()).isEqualTo(new Traffic(6, 6, PORTS, 0));
  }

  @Test
  void putsPortsBackThatTheDeploymentDoesNotHave() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = new RolloutId(environment, 4);
    cluster().traffic().switchTraffic(environment, 4, rollout, OTHER_PORTS);

    cluster().traffic().switchTraffic(environment, 4, rollout, PORTS);

    assertThat(trafficNow()).isEqualTo(new Traffic(4, 4, PORTS, 0));
  }

  @Test
  void tellsWhenPodsTakeTheTraffic() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId rollout = rollOutAndAwait(1, 1);
    Set<Integer> endpoints = ConcurrentHashMap.newKeySet();
    Subscription subscription =
        cluster()
            .objects()
            .watch(
                changed ->
                    cluster()
                        .traffic()
                        .current(environment)
                        .filter(traffic -> changed.equals(environment))
                        .ifPresent(traffic -> endpoints.add(traffic.readyEndpoints())));

    cluster().traffic().switchTraffic(environment, 1, rollout, PORTS);

    await().atMost(timeout()).until(() -> endpoints.contains(1));
    subscription.close();
  }

  @Test
  void countsOnlyPodsThatTakeTraffic() {
    cluster().traffic().ensureService(environment, PORTS);
    RolloutId first = rollOutAndAwait(1, 1);
    cluster().traffic().switchTraffic(environment, 1, first, PORTS);
    await().atMost(timeout()).until(() -> trafficNow().readyEndpoints() == 1);

    cluster().traffic().switchTraffic(environment, 2, new RolloutId(environment, 2), PORTS);
    assertThat(trafficNow()).isEqualTo(new Traffic(2, 2, PORTS, 0));

    cluster().traffic().switchTraffic(environment, 3, first, PORTS);
    await().atMost(timeout()).until(() -> trafficNow().equals(new Traffic(3, 1, PORTS, 1)));

    cluster().rollouts().scale(first, 0);
    await().atMost(timeout()).until(() -> trafficNow().equals(new Traffic(3, 1, PORTS, 0)));
  }

  private Traffic trafficNow() {
    return cluster().traffic().current(environment).orElseThrow();
  }
}

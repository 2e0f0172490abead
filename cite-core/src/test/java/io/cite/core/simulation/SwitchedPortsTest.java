package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Traffic;
import io.cite.core.usecase.deploy.ActivateDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The Service has the ports of the deployment that its traffic goes to, whatever is set since. */
class SwitchedPortsTest {
  private static final ContainerPorts FORMER = new ContainerPorts(List.of(8080));
  private static final ContainerPorts LATER = new ContainerPorts(List.of(3000, 9090));

  private final World world = new World();

  private Traffic traffic() {
    return world.cluster.current(World.ENVIRONMENT).orElseThrow();
  }

  private void twoDeployments() {
    world.create();
    world.pushAndBuild("second");
    PortSetting.set(world, 3000, 9090);
    assertThat(traffic()).isEqualTo(new Traffic(1, 1, FORMER, 2));
    world.pushAndBuild("third");
  }

  private void rollBack() {
    world
        .useCases
        .activateDeployment()
        .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 1));
    world.settle();
  }

  @Test
  void theSwitchSetsThePortsOfTheDeployment() {
    twoDeployments();

    assertThat(traffic()).isEqualTo(new Traffic(2, 2, LATER, 2));
    Invariants.checkStrictly(world);
  }

  @Test
  void aRollbackSetsThePortsOfItsTarget() {
    twoDeployments();
    rollBack();

    assertThat(traffic()).isEqualTo(new Traffic(3, 1, FORMER, 2));
    Invariants.checkStrictly(world);
  }

  @Test
  void aRollbackToARolloutThatIsGoneMakesItsPodsWithTheirPorts() {
    twoDeployments();
    world.cluster.remove(new RolloutId(World.ENVIRONMENT, 1));
    rollBack();

    assertThat(traffic()).isEqualTo(new Traffic(3, 1, FORMER, 2));
    Invariants.checkStrictly(world);
  }

  @Test
  void goingBackFromPodsThatTakeNoTrafficSetsTheFormerPorts() {
    world.create();
    world.pushAndBuild("second");
    PortSetting.set(world, 3000, 9090);
    world.cluster.takeNoTraffic(rollout -> rollout.seq() == 2);
    world.pushAndBuild("third");
    world.pass(Duration.ofMinutes(2));

    assertThat(traffic()).isEqualTo(new Traffic(3, 1, FORMER, 2));
    Invariants.checkStrictly(world);
  }

  @Test
  void aChangeDuringTheRolloutIsForTheNextDeployment() {
    world.create();
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("second");
    PortSetting.set(world, 3000, 9090);
    world.cluster.readyAtOnce(true);
    world.cluster.makeReady(new RolloutId(World.ENVIRONMENT, 1));
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, FORMER, 2));
    Invariants.checkStrictly(world);
  }

  @Test
  void aDeploymentOfAnEarlierVersionHasThePortsOfItsService() {
    twoDeployments();
    Records records = new Records(world.store);
    var stored = records.get(Keys.deployment(World.ENVIRONMENT, 1)).orElseThrow();
    Deployment d = stored.value();
    Deployment.Identity of = d.identity();
    Deployment.Identity without =
        new Deployment.Identity(
            of.environment(),
            of.seq(),
            of.rolloutSeq(),
            of.commit(),
            of.image(),
            of.origin(),
            of.requestedBy(),
            of.build(),
            null);
    records
        .write()
        .replace(
            stored,
            new Deployment(
                without,
                d.state(),
                d.cancelRequestedBy(),
                d.host(),
                d.rollout(),
                d.outcome(),
                d.timeline(),
                d.deadlines(),
                d.drain()))
        .commit();
    rollBack();

    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(3);
    assertThat(traffic()).isEqualTo(new Traffic(3, 1, LATER, 2));
  }

  @Test
  void theInvariantFindsPortsOnWhichNoPodListens() {
    twoDeployments();
    world.cluster.changePorts(World.ENVIRONMENT, FORMER);

    assertThatThrownBy(() -> Invariants.check(world))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ports of the pods of hello-main-2 and of their Service");
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an environment whose objects somebody deletes or changes outside CITE. */
class ClusterRepairTest {
  private static final RolloutId FIRST = new RolloutId(World.ENVIRONMENT, 1);

  private static final ContainerPorts PORTS = new ContainerPorts(List.of(8080));

  private final World world = new World();

  @BeforeEach
  void firstIsLive() {
    world.create();
    world.pushAndBuild("first");
    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
  }

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private Traffic traffic() {
    return world.cluster.current(World.ENVIRONMENT).orElseThrow();
  }

  private List<String> repairs() {
    return world.audit.list(null, 100).stream()
        .map(AuditTrail.Numbered::entry)
        .filter(entry -> entry.action() == AuditAction.REPAIR)
        .map(entry -> entry.detail())
        .toList();
  }

  @Test
  void aDeletedServiceIsMadeAgainWithItsTraffic() {
    world.cluster.deleteService(World.ENVIRONMENT);
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(repairs())
        .containsExactly(
            "changed outside CITE and made again: the Service hello-main,"
                + " the selector of the Service hello-main");
  }

  @Test
  void aChangedSelectorIsPutBack() {
    world.cluster.changeSelector(World.ENVIRONMENT, 77);
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(repairs())
        .containsExactly(
            "changed outside CITE and made again: the selector of the Service hello-main");
  }

  @Test
  void changedPortsArePutBack() {
    world.cluster.changePorts(World.ENVIRONMENT, new ContainerPorts(List.of(8080, 9999)));
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(repairs())
        .containsExactly(
            "changed outside CITE and made again: the ports of the Service hello-main");
  }

  @Test
  void isPutBackMoreAndMoreSlowlyWhileSomethingKeepsChangingIt() {
    ContainerPorts others = new ContainerPorts(List.of(9999));
    boolean[] keepsChanging = {true};
    world.cluster.watch(
        changed -> {
          if (keepsChanging[0] && PORTS.equals(traffic().ports())) {
            world.cluster.changePorts(World.ENVIRONMENT, others);
          }
        });

    world.cluster.changePorts(World.ENVIRONMENT, others);
    world.pass(Duration.ofHours(1));
    assertThat(repairs()).hasSizeBetween(5, 20);
    assertThat(world.environment().state().notes())
        .startsWith(
            "waits for the next repair, because something in the cluster keeps changing the ports"
                + " of the Service hello-main, since ");

    keepsChanging[0] = false;
    world.pass(Duration.ofMinutes(30));
    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(world.environment().state().notes()).isNull();
  }

  @Test
  void portsThatLeadElsewhereArePutBack() {
    world.cluster.changePorts(World.ENVIRONMENT, null);
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(repairs()).hasSize(1);
  }

  @Test
  void aSettingThatNoDeploymentHasYetIsNoReasonForARepair() {
    PortSetting.set(world, 3000);
    world.pass(Duration.ofMinutes(2));

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(repairs()).isEmpty();
  }

  @Test
  void aDeletedServiceIsMadeAgainWithThePortsOfTheLiveDeployment() {
    PortSetting.set(world, 3000);
    world.cluster.deleteService(World.ENVIRONMENT);
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
  }

  @Test
  void aDeletedControllerOfTheLiveDeploymentIsMadeAgain() {
    world.cluster.remove(FIRST);
    world.settle();

    assertThat(world.cluster.observe(FIRST).isReady()).isTrue();
    assertThat(repairs())
        .containsExactly("changed outside CITE and made again: the controller hello-main-1");
  }

  @Test
  void aDeletedNamespaceIsMadeAgainWithWhatWasLive() {
    world.cluster.deleteNamespace(World.ENVIRONMENT.namespace());
    world.settle();

    assertThat(traffic()).isEqualTo(new Traffic(1, 1, PORTS, 2));
    assertThat(world.cluster.observe(FIRST).isReady()).isTrue();
    assertThat(repairs()).hasSize(1);
    assertThat(repairs().get(0)).contains("the namespace acme", "the controller hello-main-1");
  }

  @Test
  void aDeploymentGoesOnInANamespaceThatWasDeletedMeanwhile() {
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("second");
    world.cluster.deleteNamespace(World.ENVIRONMENT.namespace());
    world.cluster.readyAtOnce(true);
    world.settle();

    Deployment live = Objects.requireNonNull(world.live());
    assertThat(live.seq()).isEqualTo(2);
    assertThat(live.state()).isEqualTo(DeploymentState.LIVE);
    assertThat(traffic()).isEqualTo(new Traffic(2, 2, PORTS, 2));
  }

  @Test
  void nothingIsMadeAgainThatNobodyTouched() {
    world.pushAndBuild("second");
    world.pushAndBuild("third");

    assertThat(repairs()).isEmpty();
  }
}

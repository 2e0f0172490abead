package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.check.Finding;
import io.cite.core.engine.check.Finding.Outcome;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.RolloutSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is wrong between the records and the cluster is found, and repaired where that is safe. */
class DiagnoseTest {
  private static final EnvironmentId STRANGER = EnvironmentId.parse("acme/stranger/main");

  private static final ContainerPorts PORTS = new ContainerPorts(List.of(8080));

  private final World world = new World();
  private final Doctor doctor = new Doctor(world);
  private final Records records = new Records(world.store);

  DiagnoseTest() {
    world.create();
    world.pushAndBuild("second");
  }

  private RolloutSpec liveSpec() {
    return world.cluster.spec(new RolloutId(World.ENVIRONMENT, 1)).orElseThrow();
  }

  private void rollOut(RolloutId id) {
    RolloutSpec live = liveSpec();
    world
        .cluster
        .rollouts()
        .rollOut(
            new RolloutSpec(
                id,
                live.commit(),
                live.image(),
                1,
                live.ports(),
                live.probe(),
                live.variables(),
                false));
  }

  @Test
  void aHealthySystemHasNoFindings() {
    world.pushAndBuild("third");

    assertThat(doctor.diagnose(false)).isEmpty();
    assertThat(doctor.diagnose(true)).isEmpty();
  }

  @Test
  void removesAControllerThatNoDeploymentUses() {
    rollOut(new RolloutId(World.ENVIRONMENT, 77));
    doctor.isRepaired(Finding.Kind.ORPHAN_ROLLOUT);
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT))
        .containsExactly(new RolloutId(World.ENVIRONMENT, 1));
  }

  @Test
  void keepsTheControllersOfRetiredDeployments() {
    world.pushAndBuild("third");

    assertThat(doctor.diagnose(true)).isEmpty();
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(2);
  }

  @Test
  void leavesAServiceThatBelongsToNothing() {
    world.cluster.traffic().ensureService(STRANGER, new ContainerPorts(List.of(80)));
    doctor.isLeft(Finding.Kind.ORPHAN_SERVICE);
    assertThat(world.cluster.traffic().current(STRANGER)).isPresent();
  }

  @Test
  void leavesAControllerOfWhichNothingIsKnown() {
    rollOut(new RolloutId(STRANGER, 3));
    doctor.isLeft(Finding.Kind.ORPHAN_ROLLOUT);
    assertThat(world.cluster.rollouts().list(STRANGER)).hasSize(1);
  }

  @Test
  void makesAMissingServiceAgainAndDirectsIt() {
    List<RolloutId> before = world.cluster.rollouts().list(World.ENVIRONMENT);
    RolloutSpec spec = liveSpec();
    world.cluster.objects().removeAllOf(World.ENVIRONMENT);
    world.cluster.rollouts().rollOut(spec);
    doctor.isRepaired(Finding.Kind.MISSING_SERVICE);

    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).isEqualTo(before);
    assertThat(world.cluster.traffic().current(World.ENVIRONMENT).orElseThrow().rolloutSeq())
        .isEqualTo(1);
  }

  @Test
  void deploysAgainWhereTheLiveControllerIsGone() {
    world.cluster.rollouts().remove(new RolloutId(World.ENVIRONMENT, 1));
    doctor.isRepaired(Finding.Kind.MISSING_ROLLOUT);

    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(2);
    // the engine has made the first one again meanwhile: it can be rolled back to
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT))
        .containsExactly(new RolloutId(World.ENVIRONMENT, 1), new RolloutId(World.ENVIRONMENT, 2));
  }

  @Test
  void repairsTrafficThatDrifted() {
    world.pushAndBuild("third");
    world
        .cluster
        .traffic()
        .switchTraffic(World.ENVIRONMENT, 2, new RolloutId(World.ENVIRONMENT, 1), PORTS);
    doctor.isRepaired(Finding.Kind.TRAFFIC_DRIFT);
    assertThat(world.cluster.traffic().current(World.ENVIRONMENT).orElseThrow().rolloutSeq())
        .isEqualTo(2);
  }

  @Test
  void namesSecretsThatTheClusterLost() {
    world
        .useCases
        .updateEnvironment()
        .execute(
            EnvironmentChange.variables(
                null, Map.of("KEPT", Secret.of("a"), "LOST", Secret.of("b"))));
    world.settle();
    assertThat(doctor.diagnose(false)).isEmpty();

    world.cluster.secrets().remove(World.ENVIRONMENT, List.of("LOST"));

    doctor.isLeft(Finding.Kind.MISSING_SECRET);
    assertThat(doctor.diagnose(false).get(0).text()).contains("secret variables LOST are not");
  }

  @Test
  void repairsPortsThatDrifted() {
    world.cluster.changePorts(World.ENVIRONMENT, new ContainerPorts(List.of(9999)));
    doctor.isRepaired(Finding.Kind.TRAFFIC_DRIFT);
    assertThat(world.cluster.traffic().current(World.ENVIRONMENT).orElseThrow().ports())
        .isEqualTo(PORTS);
  }

  @Test
  void doesNotTakeTrafficBackFromAHigherNumber() {
    world.pushAndBuild("third");
    world
        .cluster
        .traffic()
        .switchTraffic(World.ENVIRONMENT, 9, new RolloutId(World.ENVIRONMENT, 1), PORTS);
    doctor.isLeft(Finding.Kind.TRAFFIC_DRIFT);
  }

  @Test
  void saysNothingOfAnEnvironmentThatIsWorkedOn() {
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("third");
    world
        .cluster
        .traffic()
        .switchTraffic(World.ENVIRONMENT, 2, new RolloutId(World.ENVIRONMENT, 2), PORTS);

    assertThat(world.deployments().get(0).state()).isEqualTo(DeploymentState.ROLLING_OUT);
    assertThat(doctor.diagnose(false)).isEmpty();
  }

  @Test
  void saysSoWhereRepairingFails() {
    world.cluster.rollouts().remove(new RolloutId(World.ENVIRONMENT, 1));
    Versioned<ServiceRecord> stored = records.get(Keys.serviceRecord(World.SERVICE)).orElseThrow();
    assertThat(stored.value().state()).isEqualTo(ServiceState.READY);
    records.list(Keys.buildsOf(World.ENVIRONMENT)).forEach(b -> records.write().delete(b).commit());

    assertThat(doctor.diagnose(true))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.outcome()).isEqualTo(Outcome.LEFT);
              assertThat(finding.failure()).contains("has no build 1.");
            });
  }

  @Test
  void leavesATraceOfEachRepair() {
    rollOut(new RolloutId(World.ENVIRONMENT, 77));
    doctor.diagnose(true);

    assertThat(world.audit.list(null, 100))
        .anyMatch(
            entry ->
                entry.entry().action() == io.cite.core.domain.audit.AuditAction.REPAIR
                    && entry.entry().actor().equals("tester"));
  }
}

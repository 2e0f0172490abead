package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.Upstream;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.deploy.RequestDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where nobody set the ports of a service, its deployments follow what its Dockerfile exposes. */
class ExposedPortsFlowTest {
  private static final String READ = "Repositories.file";

  private final World world = new World();

  @BeforeEach
  void firstIsLive() {
    world.create();
    world.faults.arm();
    world.pushAndBuild("second");
    assertThat(ports()).containsExactly(8080);
  }

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private List<Integer> ports() {
    ContainerPorts ports = world.cluster.current(World.ENVIRONMENT).orElseThrow().ports();
    return ports == null ? List.of() : ports.values();
  }

  private CommitId pushExposing(String ports) {
    String file = "FROM scratch\nEXPOSE " + ports + "\n";
    CommitId commit =
        world.source.push(World.REPOSITORY, World.MAIN, ports, Map.of("Dockerfile", file));
    world.settle();
    return commit;
  }

  private void build(boolean success) {
    world.build(success);
    world.settle();
  }

  private long reads() {
    return world.faults.calls().stream().filter(READ::equals).count();
  }

  @Test
  void aPushThatChangesThePortsMovesThem() {
    CommitId second = world.builds().get(0).commit();
    pushExposing("3000 9090");
    build(true);
    assertThat(ports()).containsExactly(3000, 9090);

    world
        .useCases
        .requestDeployment()
        .execute(new RequestDeployment.Command(World.CALLER, World.ENVIRONMENT, second, null));
    world.settle();
    assertThat(ports()).containsExactly(8080);
  }

  @Test
  void theDockerfileIsReadOnlyIfAPushMayHaveChangedIt() {
    assertThat(reads()).isEqualTo(1);
    world.pushAndBuild("third");
    world.pushAndBuild("fourth");
    assertThat(reads()).isEqualTo(1);

    pushExposing("3000");
    build(true);
    world.pushAndBuild("sixth");
    assertThat(reads()).isEqualTo(2);
    assertThat(ports()).containsExactly(3000);
  }

  @Test
  void aChangeCountsThoughItsOwnBuildFailed() {
    pushExposing("3000");
    build(false);
    world.pushAndBuild("fourth");

    assertThat(ports()).containsExactly(3000);
  }

  @Test
  void aChangeCountsThoughItsWebhookWasLost() {
    String file = "FROM scratch\nEXPOSE 3000\n";
    world.source.push(World.REPOSITORY, World.MAIN, "lost", Map.of("Dockerfile", file));
    world.loseMail();
    world.pushAndBuild("fourth");

    assertThat(ports()).containsExactly(3000);
  }

  @Test
  void aRebuildOfAnEarlierCommitHasThePortsOfItsOwnDockerfile() {
    CommitId second = world.builds().get(0).commit();
    pushExposing("3000");
    build(true);
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, second));
    world.settle();
    build(true);

    Build rebuilt = world.builds().get(0);
    assertThat(rebuilt.commit()).isEqualTo(second);
    assertThat(rebuilt.ports()).isEqualTo(new ContainerPorts(List.of(8080)));
    assertThat(ports()).containsExactly(3000);
  }

  @Test
  void portsThatSomebodySetStay() {
    PortSetting.set(world, 7000);
    pushExposing("3000");
    build(true);
    world.pushAndBuild("fourth");

    assertThat(ports()).containsExactly(7000);
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void portsThatNobodyCanTellAreSaidAndThoseOfTheServiceUsed() {
    pushExposing("$PORT");
    build(true);

    assertThat(ports()).containsExactly(8080);
    assertThat(world.environment().state().attention())
        .isEqualTo(
            "build 2: its deployments have the ports of the service, [8080]: CITE cannot tell the"
                + " ports that the Dockerfile exposes: line 2: EXPOSE $PORT: neither ARG nor ENV"
                + " gives PORT a value. Set the ports of the service, or write the numbers into the"
                + " Dockerfile.");
  }

  @Test
  void aPortThatNobodyCanTellBesideOthersIsSaid() {
    pushExposing("3000 $PORT");
    build(true);

    assertThat(ports()).containsExactly(3000);
    assertThat(world.environment().state().attention())
        .isEqualTo("build 2: ports: line 2: EXPOSE $PORT: neither ARG nor ENV gives PORT a value");
  }

  /** Another world, to which the same happens, tells which call it is. */
  private void failTheNextRead(RuntimeException failure) {
    ExposedPortsFlowTest rehearsal = new ExposedPortsFlowTest();
    rehearsal.firstIsLive();
    rehearsal.pushExposing("3000");
    rehearsal.world.faults.arm();
    rehearsal.build(true);
    int call = rehearsal.world.faults.calls().indexOf(READ) + 1;
    assertThat(call).isPositive();
    world.faults.arm();
    world.faults.failAt(call, Faults.Moment.BEFORE, () -> failure);
  }

  @Test
  void aDockerfileThatTheHostRefusesToShowHoldsNothingUp() {
    pushExposing("3000");
    failTheNextRead(Upstream.permanent("GitHub", "read the file", "it says no", null));
    build(true);

    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(2);
    assertThat(ports()).containsExactly(8080);
    assertThat(world.environment().state().attention()).contains("it says no");
  }

  @Test
  void theSuccessWaitsWhileTheHostDoesNotShowTheDockerfile() {
    pushExposing("3000");
    failTheNextRead(Upstream.retryable("GitHub", "read the file", "it is away", null));
    build(true);
    world.pass(Duration.ofMinutes(1));

    assertThat(world.failures).extracting(Throwable::getMessage).anyMatch(m -> m.contains("away"));
    assertThat(ports()).containsExactly(3000);
  }
}

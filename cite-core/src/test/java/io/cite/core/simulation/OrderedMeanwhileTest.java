package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.source.CommitId;
import io.cite.core.error.CiteException;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.deploy.ActivateDeployment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A service is deleted, or its creation fails; before each of the calls that this takes, people
 * order a build and a deployment. They are refused, or what they ordered goes with the rest:
 * whatever stayed behind would stand in the way of the next service of that name.
 */
class OrderedMeanwhileTest {

  @Test
  void leavesNothingOfACreationThatFailed() {
    List<String> calls =
        Scenario.CREATE.play(new World(OrderedMeanwhileTest::refusing), w -> {}).faults.calls();
    int served = calls.indexOf("TrafficRouter.ensureService");
    assertThat(served).isPositive();
    for (int call = 1; call <= calls.size(); call++) {
      int at = call;
      World world =
          Scenario.CREATE.play(
              new World(OrderedMeanwhileTest::refusing),
              ready -> ready.faults.pauseAt(at, () -> orderWhatever(ready)));

      assertThat(leftOf(world)).as("ordered at %s %s", call, calls.get(call - 1)).isEmpty();
    }
  }

  /** A cluster where somebody else's Service has the name. */
  private static Cluster refusing(Cluster cluster) {
    ClusterLens lens =
        (call, arguments) -> {
          if (call.equals("TrafficRouter.ensureService")) {
            throw new Conflict(ErrorCode.FOREIGN_OBJECT, "that is somebody else's");
          }
        };
    return lens.over(cluster);
  }

  @Test
  void leavesNothingOfAServiceThatIsDeleted() {
    List<String> calls = Scenario.DELETE.play(faults -> {}).faults.calls();
    for (int call = 1; call <= calls.size(); call++) {
      int at = call;
      World world =
          Scenario.DELETE.play(
              new World(), ready -> ready.faults.pauseAt(at, () -> orderWhatever(ready)));

      assertThat(leftOf(world)).as("ordered at %s %s", call, calls.get(call - 1)).isEmpty();
      assertThat(world.cluster.objects().inventory()).as("ordered at %s", call).isEmpty();
    }
  }

  private static List<String> leftOf(World world) {
    return Stream.of("/cite/.builds/", "/cite/.deployments/", "/cite/.checks/", "/cite/acme/")
        .flatMap(area -> world.store.list(area).stream())
        .map(entry -> entry.key())
        .toList();
  }

  private static void orderWhatever(World world) {
    CommitId head = world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow();
    order(
        () ->
            world
                .useCases
                .requestBuild()
                .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, head)));
    order(
        () ->
            world
                .useCases
                .activateDeployment()
                .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 1)));
  }

  private static void order(Runnable order) {
    try {
      order.run();
    } catch (CiteException refused) {
      // there is no such service any more, or it is going
    }
  }
}

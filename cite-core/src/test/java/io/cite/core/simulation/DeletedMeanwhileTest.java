package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.operate.DeleteService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The leader is paused before each of its calls; meanwhile another process leads and deletes the
 * service; then the paused one goes on, or is killed. Nothing may be left that waits for ever at
 * the host, nor anything in the cluster.
 */
class DeletedMeanwhileTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesNothingThatWaits(boolean killed) {
    List<String> calls = Scenario.BUILD_AND_DEPLOY.play(faults -> {}).faults.calls();
    for (int call = 1; call <= calls.size(); call++) {
      World world = deletedAt(call, killed);
      String when = call + " " + calls.get(call - 1);
      for (long deployment : world.source.deployments(World.REPOSITORY)) {
        List<ReportedState> reports = world.source.reports(World.REPOSITORY, deployment);
        assertThat(reports).as("reports of %s, deleted at %s", deployment, when).isNotEmpty();
        assertThat(reports.get(reports.size() - 1))
            .as("last report of %s, deleted at %s", deployment, when)
            .isNotEqualTo(ReportedState.PENDING);
      }
      if (!calls.get(call - 1).equals("Rollouts.rollOut")) {
        assertThat(world.cluster.objects().inventory())
            .as("objects, deleted at %s", when)
            .isEmpty();
      }
    }
  }

  @Test
  void aServiceThatIsMadeAgainWhileItIsDeletedIsSaidToBeDeleted() {
    World world = new World();
    world.create();
    world.closeEngine();
    world
        .useCases
        .deleteService()
        .execute(new DeleteService.Command(World.CALLER, World.SERVICE, SeenRevisions.any()));

    assertThatThrownBy(() -> world.useCases.createService().execute(World.command()))
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_STATE))
        .hasMessageContaining("is being deleted since " + world.clock.instant());
  }

  private static World deletedAt(int call, boolean killed) {
    return Scenario.BUILD_AND_DEPLOY.play(
        new World(),
        ready ->
            ready.faults.pauseAt(
                call,
                () -> {
                  ready.takeOver();
                  ready
                      .useCases
                      .deleteService()
                      .execute(
                          new DeleteService.Command(
                              World.CALLER, World.SERVICE, SeenRevisions.any()));
                  ready.settle();
                  if (killed) {
                    throw new Faults.Crash("while paused");
                  }
                }));
  }
}

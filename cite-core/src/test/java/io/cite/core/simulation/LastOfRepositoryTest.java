package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceName;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.Conflict;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.create.CreateService;
import io.cite.core.usecase.operate.DeleteService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The last service of a repository and of its namespace is deleted while another one is made there:
 * what both need stays, or is made again.
 */
class LastOfRepositoryTest {
  private static final ServiceId OTHER = ServiceId.of("acme", "other");

  @Test
  void theNextServiceHasAllThatItNeedsWheneverItIsOrdered() {
    World undisturbed = made();
    undisturbed.faults.arm();
    delete(undisturbed);
    undisturbed.settle();
    List<String> calls = undisturbed.faults.calls();
    assertThat(calls).isNotEmpty();
    for (int call = 1; call <= calls.size(); call++) {
      World world = made();
      world.faults.pauseAt(
          call,
          () -> {
            orderUntilTaken(world);
            world.settle();
          });
      world.faults.arm();
      delete(world);
      world.settle();
      assertThat(world.has("/cite/.services/" + World.SERVICE)).isFalse();
      requireWhole(
          world, "ordered before call " + call + " of the deletion, " + calls.get(call - 1));
    }
  }

  @Test
  void theNextServiceHasAllThatItNeedsWheneverTheLastOneGoes() {
    World undisturbed = made();
    undisturbed.faults.arm();
    orderUntilTaken(undisturbed);
    undisturbed.settle();
    List<String> calls = undisturbed.faults.calls();
    for (int call = 1; call <= calls.size(); call++) {
      World world = made();
      world.faults.pauseAt(
          call,
          () -> {
            delete(world);
            world.settle();
          });
      world.faults.arm();
      orderUntilTaken(world);
      world.settle();
      assertThat(world.has("/cite/.services/" + World.SERVICE)).isFalse();
      requireWhole(
          world, "deleted before call " + call + " of the creation, " + calls.get(call - 1));
    }
  }

  private static World made() {
    World world = new World();
    world.create();
    return world;
  }

  private static void delete(World world) {
    world
        .useCases
        .deleteService()
        .execute(new DeleteService.Command(World.CALLER, World.SERVICE, SeenRevisions.any()));
  }

  /** As a person does whom CITE asks to try again. */
  private static void orderUntilTaken(World world) {
    CreateService.Command usual = World.command();
    CreateService.Command command =
        new CreateService.Command(
            usual.caller(),
            usual.repository(),
            usual.branch(),
            ServiceName.parse("other"),
            usual.ports(),
            usual.probe(),
            usual.replicas(),
            usual.autoDeploy(),
            usual.removeWithBranch(),
            usual.variables(),
            usual.secrets(),
            usual.notifications());
    for (int attempt = 0; attempt < 3 && !isTaken(world); attempt++) {
      try {
        world.useCases.createService().execute(command);
      } catch (Conflict e) {
        assertThat(e).hasMessageContaining("ry again");
      }
    }
  }

  private static boolean isTaken(World world) {
    return world.has("/cite/.services/" + OTHER);
  }

  private static void requireWhole(World world, String when) {
    world.faults.disarm();
    orderUntilTaken(world);
    world.pass(Duration.ofHours(1));
    assertThat(world.catalogue().service(OTHER).record().state())
        .as(when)
        .isEqualTo(ServiceState.READY);
    assertThat(world.source.hooks(World.REPOSITORY)).as("hooks, %s", when).hasSize(2);
    assertThat(world.has("/cite/.repositories/acme/hello")).as("secret, %s", when).isTrue();
    assertThat(world.cluster.namespaces().lookUp(Namespace.of("acme")))
        .as("namespace, %s", when)
        .isEqualTo(NamespaceFinding.OURS);
    assertThat(world.has("/cite/.namespaces/acme")).as("claim, %s", when).isTrue();
    assertThat(world.has("/cite/.leaving")).as("marks, %s", when).isFalse();
    CommitId commit = world.pushAndBuild("after that");
    assertThat(world.catalogue().deliveries(null, 1_000))
        .as("deliveries, %s", when)
        .anyMatch(delivery -> delivery.toString().contains(commit.value()));
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.store.Stores;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.cluster.RolloutId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What a deployment from a push to its end costs the leader: rounds over the environment, reads and
 * transactions of the store.
 */
class RoundsTest {
  private static final Duration DRAINED = Duration.ofSeconds(11);

  /**
   * What was counted.
   *
   * @param rounds rounds over the environment
   * @param views how often all that is stored of the environment was read
   */
  record Cost(int rounds, int views, int reads, int transactions) {
    static Cost of(Faults faults) {
      List<String> calls = faults.calls();
      List<Object> arguments = faults.firstArguments();
      int rounds = 0;
      int views = 0;
      int reads = 0;
      int transactions = 0;
      boolean changed = false;
      for (int i = 0; i < calls.size(); i++) {
        switch (calls.get(i)) {
          case "MetadataStore.get" -> reads++;
          case "MetadataStore.list" -> {
            reads++;
            if (String.valueOf(arguments.get(i)).startsWith("/cite/.deployments/acme/hello/")) {
              views++;
              rounds += changed ? 0 : 1;
              changed = false;
            }
          }
          case "MetadataStore.commit" -> {
            transactions++;
            changed |= isOfARound((Transaction) arguments.get(i));
          }
          default -> {
            // another system's
          }
        }
      }
      return new Cost(rounds, views, reads, transactions);
    }

    /** Whether it was written in a round: whoever else asks for a check only puts it. */
    private static boolean isOfARound(Transaction transaction) {
      return transaction.changes().stream()
          .anyMatch(
              change ->
                  change.key().startsWith("/cite/.environments/")
                      || change.key().startsWith("/cite/.builds/")
                      || change.key().startsWith("/cite/.deployments/")
                      || (change instanceof Change.Delete
                          && change.key().startsWith("/cite/.checks/")));
    }
  }

  private static Cost deploy(World world, String message) {
    world.faults.arm();
    world.push(message);
    world.settle();
    // CITE hears of the build's begin and of its end at once
    world.worker.build(true, () -> {});
    world.settle();
    Cost cost = Cost.of(world.faults);
    world.faults.disarm();
    return cost;
  }

  @Test
  void takesARoundForThePushTheEndOfTheBuildAndTheClusterEach() {
    World world = new World();
    world.create();

    Cost first = deploy(world, "1");
    for (int i = 2; i < 10; i++) {
      deploy(world, "" + i);
      world.pass(DRAINED);
    }
    Cost tenth = deploy(world, "10");

    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(10);
    // the numbers of docs/performance.md
    assertThat(first).isEqualTo(new Cost(3, 13, 95, 22));
    assertThat(tenth).isEqualTo(new Cost(3, 13, 96, 22));
  }

  @Test
  void takesTwoTransactionsForTheDrainOfTheFormerRollout() {
    World world = new World();
    world.create();
    deploy(world, "1");
    deploy(world, "2");
    world.cluster.endAtOnce(false);

    world.faults.arm();
    world.pass(DRAINED);
    world.cluster.endPods(new RolloutId(World.ENVIRONMENT, 1));
    world.settle();

    Cost drain = Cost.of(world.faults);
    assertThat(world.deployments()).isNotEmpty().noneMatch(d -> d.isDraining());
    // the number of docs/performance.md
    assertThat(drain.transactions()).isEqualTo(2);
  }

  @Test
  void takesAnotherRoundForWhatSomebodyElseWrote() {
    World world = new World();
    world.create();
    world.pushAndBuild("1");
    world.faults.arm();

    new Stores(world.store).environments().wake(World.ENVIRONMENT);
    world.settle();

    assertThat(Cost.of(world.faults).rounds()).isEqualTo(1);
  }
}

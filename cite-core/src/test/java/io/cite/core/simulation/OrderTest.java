package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.usecase.build.AcceptDelivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Deliveries come in every order, doubled, together or one by one: the end is the same. */
class OrderTest {

  @Test
  void everyOrderOfSixEventsEndsTheSame() {
    List<Integer> numbers = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
    List<List<Integer>> orders = new ArrayList<>();
    permute(numbers, 0, orders::add);
    for (List<Integer> order : orders) {
      for (boolean oneByOne : new boolean[] {true, false}) {
        World world = delivered(order, oneByOne);
        Invariants.checkStrictly(world);
        assertThat(world.builds()).as("%s", order).hasSize(1);
        assertThat(world.builds().get(0).state()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(world.deployments()).hasSize(1);
        assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(1);
      }
    }
    assertThat(orders).hasSize(720);
  }

  private static World delivered(List<Integer> order, boolean oneByOne) {
    World world = new World();
    world.create();
    var commit = world.push("second");
    world.status(commit, CommitStatus.State.PENDING, "Build queued.");
    world.worker.build(true, () -> {});
    List<AcceptDelivery.Command> events = new ArrayList<>(world.mail());
    world.mail().clear();
    assertThat(events).hasSize(4);
    events.add(events.get(0));
    events.add(events.get(3));
    for (int number : order) {
      world.accept(events.get(number));
      if (oneByOne) {
        world.settle();
      }
    }
    world.settle();
    return world;
  }

  private static void permute(List<Integer> items, int from, Consumer<List<Integer>> use) {
    if (from == items.size() - 1) {
      use.accept(List.copyOf(items));
      return;
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, use);
      Collections.swap(items, from, i);
    }
  }
}

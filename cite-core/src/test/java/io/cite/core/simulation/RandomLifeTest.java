package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import io.cite.core.simulation.Faults.Moment;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.core.usecase.build.CancelBuild;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.CancelDeployment;
import io.cite.core.usecase.deploy.RequestDeployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Lives made of pushes, builds, orders, lost and doubled deliveries, faults and crashes, each
 * decided by a seed. {@code -Dsimulation.seeds=N} sets how many, {@code -Dsimulation.seed=S} plays
 * one alone.
 */
class RandomLifeTest {
  private static final int ACTIONS = 12;

  @Test
  void everyLifeEndsInOrder() {
    Integer single = Integer.getInteger("simulation.seed");
    if (single != null) {
      live(single);
      return;
    }
    int seeds = Integer.getInteger("simulation.seeds", 10_000);
    AtomicInteger crashes = new AtomicInteger();
    AtomicInteger deployments = new AtomicInteger();
    IntStream.rangeClosed(1, seeds)
        .parallel()
        .forEach(
            seed -> {
              World world = live(seed);
              crashes.addAndGet(world.crashes);
              deployments.addAndGet(world.deployments().size());
            });
    assertThat(deployments.get()).isGreaterThan(seeds / 2);
    System.getLogger(RandomLifeTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} seeds, {1} crashes, {2} deployments, all invariants held",
            seeds,
            crashes,
            deployments);
  }

  private static World live(int seed) {
    Random random = new Random(seed);
    World world = new World();
    List<String> done = new ArrayList<>();
    try {
      world.create();
      for (int i = 0; i < ACTIONS; i++) {
        done.add(act(world, random, i));
      }
      world.faults.disarm();
      world.cluster.readyAtOnce(true);
      world.cluster.failRolloutsOf(spec -> false);
      world.cluster.takeNoTraffic(rollout -> false);
      Scenario.quiet(world);
      Invariants.checkStrictly(world);
      return world;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " " + done + ": " + e.getMessage(), e);
    }
  }

  private static String act(World world, Random random, int number) {
    switch (random.nextInt(17)) {
      case 0, 1, 2 -> {
        world.push("commit " + number);
        return settleMaybe(world, random, "push");
      }
      case 3, 4, 5 -> {
        world.build(random.nextInt(5) > 0);
        return settleMaybe(world, random, "build");
      }
      case 6 -> {
        List<AcceptDelivery.Command> waiting = new ArrayList<>(world.mail());
        waiting.addAll(List.copyOf(waiting));
        Collections.shuffle(waiting, random);
        world.mail().clear();
        world.mail().addAll(waiting);
        return settleMaybe(world, random, "shuffle");
      }
      case 7 -> {
        world.loseMail();
        return "lose";
      }
      case 8 -> {
        place(world, random);
        return "fault";
      }
      case 9 -> {
        List<CommitId> earlier = world.builds().stream().map(b -> b.commit()).toList();
        if (!earlier.isEmpty()) {
          CommitId commit = earlier.get(random.nextInt(earlier.size()));
          order(
              () ->
                  world
                      .useCases
                      .requestDeployment()
                      .execute(
                          new RequestDeployment.Command(
                              World.CALLER, World.ENVIRONMENT, commit, null)));
        }
        return settleMaybe(world, random, "deploy");
      }
      case 10 -> {
        world.deployments().stream()
            .filter(d -> d.state() == DeploymentState.RETIRED)
            .findFirst()
            .ifPresent(d -> order(() -> activate(world, d)));
        return settleMaybe(world, random, "rollback");
      }
      case 11 -> {
        world.deployments().stream()
            .filter(d -> d.state().isUnderWay())
            .findFirst()
            .ifPresent(d -> order(() -> cancel(world, d)));
        world.cluster.readyAtOnce(random.nextBoolean());
        return settleMaybe(world, random, "cancel");
      }
      case 12 -> {
        List<CommitId> earlier = world.builds().stream().map(b -> b.commit()).toList();
        CommitId commit =
            earlier.isEmpty() || random.nextBoolean()
                ? null
                : earlier.get(random.nextInt(earlier.size()));
        order(
            () ->
                world
                    .useCases
                    .requestBuild()
                    .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit)));
        return settleMaybe(world, random, "rebuild");
      }
      case 13 -> {
        int withoutEndpoints = random.nextInt(4);
        world.cluster.takeNoTraffic(
            rollout -> withoutEndpoints > 0 && rollout.seq() % 4 == withoutEndpoints);
        return settleMaybe(world, random, "without endpoints");
      }
      case 14 -> {
        order(() -> PortSetting.set(world, 8080, 3000 + random.nextInt(3)));
        return settleMaybe(world, random, "ports");
      }
      case 15 -> {
        world.builds().stream()
            .filter(build -> !build.state().isFinal())
            .findFirst()
            .ifPresent(build -> order(() -> cancel(world, build)));
        return settleMaybe(world, random, "cancel build");
      }
      default -> {
        world.pass(Duration.ofMinutes(1 + random.nextInt(20)));
        return "wait";
      }
    }
  }

  private static String settleMaybe(World world, Random random, String what) {
    if (random.nextInt(3) > 0) {
      world.settle();
      return what;
    }
    return what + "(unsettled)";
  }

  private static void place(World world, Random random) {
    world.faults.arm();
    int call = 1 + random.nextInt(40);
    Moment moment = random.nextBoolean() ? Moment.BEFORE : Moment.AFTER;
    if (random.nextBoolean()) {
      world.faults.crashAt(call, moment);
    } else {
      world.faults.failAt(
          call, moment, () -> Upstream.retryable("simulated", "call", "of bad luck", null));
    }
  }

  private static void order(Runnable order) {
    try {
      order.run();
    } catch (CiteException | Faults.Crash e) {
      // the person is notified, and lets it be
    }
  }

  private static void activate(World world, Deployment earlier) {
    world
        .useCases
        .activateDeployment()
        .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, earlier.seq()));
  }

  private static void cancel(World world, Build open) {
    world
        .useCases
        .cancelBuild()
        .execute(new CancelBuild.Command(World.CALLER, World.ENVIRONMENT, open.number()));
  }

  private static void cancel(World world, Deployment running) {
    world
        .useCases
        .cancelDeployment()
        .execute(new CancelDeployment.Command(World.CALLER, World.ENVIRONMENT, running.seq()));
  }
}

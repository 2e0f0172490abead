package io.cite.core.simulation;

import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.build.CancelBuild;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.operate.DeleteService;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A stretch of CITE's life in which faults are placed: what leads up to it, and what happens in it.
 */
enum Scenario {
  CREATE(
      world -> {},
      world -> {
        world.order();
        world.settle();
      }),
  PUSH(
      World::create,
      world -> {
        world.push("second");
        world.settle();
      }),
  BUILD_AND_DEPLOY(
      world -> {
        world.create();
        world.pushAndBuild("second");
        world.push("third");
        world.settle();
      },
      world -> {
        world.build(true);
        world.settle();
      }),
  MANUAL_BUILD(
      World::create,
      world -> {
        CommitId head =
            world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow();
        world.order(() -> world.has("/cite/.builds/"), () -> build(world, head));
        world.settle();
        world.build(true);
        world.settle();
      }),
  BUILD_BEHIND_ANOTHER(
      world -> {
        world.create();
        CommitId second = world.pushAndBuild("second");
        build(world, second);
        world.settle();
        world.status(second, CommitStatus.State.PENDING, "Build queued.");
      },
      world -> {
        CommitId head =
            world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow();
        world.order(() -> world.has("/cite/.builds/acme/hello/main/3"), () -> build(world, head));
        world.settle();
        world.build(true);
        world.settle();
        world.build(true);
        world.settle();
      }),
  CANCEL_A_BUILD_WITH_ANOTHER_BEHIND_IT(
      world -> {
        world.create();
        CommitId second = world.push("second");
        world.settle();
        world.status(second, CommitStatus.State.PENDING, "Build started.");
        world.settle();
        build(world, second);
        world.settle();
      },
      world -> {
        world.order(
            () -> world.builds().stream().anyMatch(b -> b.state() == BuildState.CANCELLED),
            () ->
                world
                    .useCases
                    .cancelBuild()
                    .execute(new CancelBuild.Command(World.CALLER, World.ENVIRONMENT, 1)));
        world.pass(Duration.ofSeconds(5));
        world.build(true);
        world.settle();
      }),
  CRASHING_IMAGE(
      world -> {
        world.create();
        world.pushAndBuild("second");
        world.cluster.failRolloutsOf(spec -> spec.id().seq() > 1);
        world.push("third");
        world.settle();
      },
      world -> {
        world.build(true);
        world.settle();
      }),
  NO_POD_TAKES_TRAFFIC(
      world -> {
        world.create();
        world.pushAndBuild("second");
        world.cluster.takeNoTraffic(rollout -> rollout.seq() == 2);
        world.pushAndBuild("third");
      },
      world -> world.pass(Duration.ofMinutes(2))),
  ROLLBACK(
      world -> {
        world.create();
        world.pushAndBuild("second");
        world.pushAndBuild("third");
      },
      world -> {
        world.order(
            () -> world.has("/cite/.deployments/acme/hello/main/3"),
            () ->
                world
                    .useCases
                    .activateDeployment()
                    .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 1)));
        world.settle();
      }),
  DRAIN(
      world -> {
        world.create();
        world.pushAndBuild("second");
        world.pushAndBuild("third");
      },
      world -> world.pass(Duration.ofMinutes(16))),
  ROLLBACK_TO_A_COLD_ROLLOUT(
      world -> {
        world.create();
        world.pushAndBuild("second");
        world.pushAndBuild("third");
        world.pass(Duration.ofMinutes(16));
      },
      world -> {
        world.order(
            () -> world.has("/cite/.deployments/acme/hello/main/3"),
            () ->
                world
                    .useCases
                    .activateDeployment()
                    .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 1)));
        world.settle();
        world.pass(Duration.ofSeconds(1));
      }),
  DELETE(
      world -> {
        world.create();
        world.pushAndBuild("second");
      },
      world -> {
        world.order(
            world::isGoing,
            () ->
                world
                    .useCases
                    .deleteService()
                    .execute(
                        new DeleteService.Command(
                            World.CALLER, World.SERVICE, SeenRevisions.any())));
        world.settle();
      });

  private final Consumer<World> before;
  private final Consumer<World> during;

  Scenario(Consumer<World> before, Consumer<World> during) {
    this.before = before;
    this.during = during;
  }

  private static void build(World world, CommitId commit) {
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit));
  }

  /** Plays it with the faults that were placed, then waits until all is quiet and checks. */
  World play(Consumer<Faults> place) {
    return play(new World(), world -> place.accept(world.faults));
  }

  /** Plays it in a world, with what is placed just before. */
  World play(World world, Consumer<World> place) {
    before.accept(world);
    world.faults.arm();
    place.accept(world);
    during.accept(world);
    world.faults.disarm();
    quiet(world);
    return world;
  }

  /** Lets everything come to rest: retries, lost builder requests, lost webhooks. */
  static void quiet(World world) {
    for (int round = 0; round < 3; round++) {
      world.pass(Duration.ofMinutes(5));
      world.resync();
      world.sweep();
      world.build(true);
      world.settle();
    }
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.Upstream;
import io.cite.core.usecase.create.AddEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An environment goes with its branch where its owners want that, and only then. */
class DeletedBranchCheckTest {
  private static final BranchName FEATURE = BranchName.parse("feature/x");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId(World.SERVICE, FEATURE);

  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private CommitId featureIsLive(boolean removeWithBranch) {
    world.create();
    CommitId commit =
        world.source.push(
            World.REPOSITORY, FEATURE, "feature", Map.of("Dockerfile", "FROM scratch"));
    world.settle();
    world.build(true);
    world.settle();
    world
        .useCases
        .addEnvironment()
        .execute(new AddEnvironment.Command(World.CALLER, World.SERVICE, FEATURE));
    set(ENVIRONMENT, removeWithBranch);
    world.source.push(World.REPOSITORY, FEATURE, "more", Map.of("file", "more"));
    world.settle();
    world.build(true);
    world.settle();
    assertThat(world.cluster.rollouts().list(ENVIRONMENT)).hasSize(1);
    return commit;
  }

  private void set(EnvironmentId id, @Nullable Boolean removeWithBranch) {
    world
        .useCases
        .updateEnvironment()
        .execute(EnvironmentChange.removeWithBranch(id, removeWithBranch));
    world.settle();
  }

  private List<EnvironmentId> environments() {
    return world.catalogue().service(World.SERVICE).environments().stream()
        .map(environment -> environment.settings().id())
        .toList();
  }

  @Test
  void anEnvironmentGoesWithItsBranch() {
    featureIsLive(true);
    world.source.delete(World.REPOSITORY, FEATURE);
    world.settle();

    assertThat(environments()).containsExactly(World.ENVIRONMENT);
    assertThat(world.cluster.traffic().current(ENVIRONMENT)).isEmpty();
    assertThat(world.cluster.rollouts().list(ENVIRONMENT)).isEmpty();
    assertThat(world.audit.list(null, 100))
        .anyMatch(
            e ->
                e.entry().actor().equals("cite")
                    && e.entry().action().code().equals("environment.delete"));
    assertThat(world.catalogue().deliveries(null, 1_000))
        .anyMatch(d -> d.disposition().toString().contains("deleted once GitHub confirms it"));
  }

  @Test
  void itIsKeptUnlessItsOwnersWantOtherwise() {
    featureIsLive(false);
    world.source.delete(World.REPOSITORY, FEATURE);
    world.settle();

    assertThat(environments()).contains(ENVIRONMENT);
    assertThat(world.catalogue().environment(ENVIRONMENT).state().notes())
        .isEqualTo("The branch feature/x was deleted.");

    set(ENVIRONMENT, true);
    assertThat(environments()).containsExactly(World.ENVIRONMENT);
  }

  @Test
  void theSweepFindsABranchThatWasDeletedUnheard() {
    featureIsLive(true);
    world.sweep();
    world.source.delete(World.REPOSITORY, FEATURE);
    world.loseMail();
    world.sweep();

    assertThat(environments()).containsExactly(World.ENVIRONMENT);
  }

  @Test
  void anEventAloneDeletesNothing() {
    CommitId commit = featureIsLive(true);
    world.source.delete(World.REPOSITORY, FEATURE);
    world.source.reset(World.REPOSITORY, FEATURE, commit);
    world.settle();
    world.build(true);
    world.settle();

    assertThat(environments()).contains(ENVIRONMENT);
  }

  @Test
  void aRepositoryThatCannotBeSeenDeletesNothing() {
    featureIsLive(true);
    world.source.delete(World.REPOSITORY, FEATURE);
    world.source.hide(World.REPOSITORY, true);
    world.settle();
    world.pass(Duration.ofHours(1));
    assertThat(environments()).contains(ENVIRONMENT);

    world.source.hide(World.REPOSITORY, false);
    world.resync();
    world.restart();
    world.settle();
    assertThat(environments()).containsExactly(World.ENVIRONMENT);
  }

  @Test
  void anotherRepositoryOfThatNameDeletesNothing() {
    featureIsLive(true);
    world.source.delete(World.REPOSITORY, FEATURE);
    world.source.hide(World.REPOSITORY, true);
    world.source.create(World.REPOSITORY, World.MAIN);
    world.settle();

    assertThat(world.cluster.rollouts().list(ENVIRONMENT)).hasSize(1);
    assertThat(environments()).contains(ENVIRONMENT);
    world.source.hide(World.REPOSITORY, false);
  }

  @Test
  void aHostThatFailsMeanwhileIsAskedAgain() {
    featureIsLive(true);
    world.source.delete(World.REPOSITORY, FEATURE);
    world.faults.arm();
    for (int call = 1; call < 40; call++) {
      world.faults.failAt(
          call,
          Faults.Moment.BEFORE,
          () -> Upstream.retryable("simulated", "call", "of a timeout", null));
    }
    world.settle();
    world.pass(Duration.ofMinutes(10));

    assertThat(environments()).containsExactly(World.ENVIRONMENT);
  }

  @Test
  void theEnvironmentThatTheServiceWasCreatedWithStays() {
    world.create();
    world.pushAndBuild("second");
    set(World.ENVIRONMENT, true);
    world.source.delete(World.REPOSITORY, World.MAIN);
    world.settle();

    assertThat(environments()).containsExactly(World.ENVIRONMENT);
    assertThat(world.cluster.rollouts().list(World.ENVIRONMENT)).hasSize(1);
  }
}

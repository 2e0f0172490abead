package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.operate.Explain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A commit is built more than once. Its statuses do not say of which build they speak, so builds of
 * one commit take turns, and an order joins the build that waits to begin.
 */
class BuildSerializationTest {
  private final World world = new World();
  private CommitId commit;

  @BeforeEach
  void aCommitIsBuilt() {
    world.create();
    commit = world.pushAndBuild("second");
  }

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  @Test
  void anOrderJoinsTheBuildThatWaitsToBegin() {
    Build first = order();
    Build second = order();
    world.settle();
    Build third = order();
    world.settle();

    assertThat(List.of(second.number(), third.number())).containsOnly(first.number());
    assertThat(world.builder.requests()).as("asked, and once more").hasSize(2);
    finish();
    assertThat(newest().number()).isEqualTo(first.number());
    assertThat(newest().state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void anOrderTakesUpAPushOfWhichTheBuilderNeverHeard() {
    world.push("third");
    world.settle();
    Build pushed = newest();
    Build ordered = order(pushed.commit());
    world.settle();

    assertThat(ordered.number()).isEqualTo(pushed.number());
    assertThat(ordered.request().origin()).isEqualTo(BuildOrigin.MANUAL);
    assertThat(world.builder.requests())
        .singleElement()
        .satisfies(request -> assertThat(request.commit().id()).isEqualTo(pushed.commit()));
    world.build(true);
    world.settle();
  }

  @Test
  void anOrderBehindABuildThatHasBegunWaitsForItsTurn() {
    Build first = order();
    world.settle();
    world.status(commit, CommitStatus.State.PENDING, "Build started.");
    Build second = order();
    world.settle();
    assertThat(second.number()).isEqualTo(first.number() + 1);
    assertThat(order().number()).as("another order meanwhile").isEqualTo(second.number());
    assertThat(world.builder.requests()).as("asked for the first alone").hasSize(1);

    assertThat(why())
        .anyMatch(text -> text.endsWith("It waits until build " + first.number() + " ends."));

    finish();
    assertThat(build(first).state()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(build(second).state()).isEqualTo(BuildState.QUEUED);
    assertThat(why()).isNotEmpty().noneMatch(text -> text.contains("waits for"));
    assertThat(world.builder.requests()).as("asked for the second").hasSize(2);

    world.status(commit, CommitStatus.State.FAILURE, "Build failure.");
    world.settle();
    assertThat(build(second).state()).isEqualTo(BuildState.FAILED);
    assertThat(build(first).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void theNextBuildHasItsWholeTimeoutWhenTheOneBeforeWasGivenUp() {
    Build first = order();
    world.settle();
    world.status(commit, CommitStatus.State.PENDING, "Build started.");
    world.settle();
    world.pass(Duration.ofMinutes(50));
    Build second = order();
    world.pass(Duration.ofMinutes(15));
    assertThat(build(first).state()).isEqualTo(BuildState.TIMED_OUT);

    world.pass(Duration.ofMinutes(50));
    assertThat(build(second).state()).isEqualTo(BuildState.QUEUED);
    assertThat(world.builder.requests()).hasSize(2);
    finish();
    assertThat(build(second).state()).isEqualTo(BuildState.SUCCEEDED);
  }

  @Test
  void whatCiteSaysOfABuildItGaveUpEndsNoOther() {
    world.push("third");
    world.settle();
    CommitId third = newest().commit();
    world.pass(Duration.ofMinutes(61));
    assertThat(newest().state()).isEqualTo(BuildState.TIMED_OUT);

    world.build(true);
    world.settle();
    assertThat(world.builds())
        .filteredOn(build -> build.commit().equals(third))
        .extracting(Build::state)
        .containsExactly(BuildState.SUCCEEDED, BuildState.TIMED_OUT);
  }

  private Build order() {
    return order(commit);
  }

  private Build order(CommitId what) {
    return world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, what));
  }

  /** The builder ends with success what it has begun. */
  private void finish() {
    world.status(
        commit, CommitStatus.State.SUCCESS, "Build success. imageName:" + World.image(commit));
    world.settle();
  }

  private List<String> why() {
    return world.useCases.explain().execute(new Explain.Command(World.REPOSITORY, commit)).stream()
        .map(Explain.Entry::text)
        .toList();
  }

  private Build newest() {
    return world.builds().get(0);
  }

  private Build build(Build build) {
    return world.builds().stream()
        .filter(other -> other.number() == build.number())
        .findFirst()
        .orElseThrow();
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.create.AddEnvironment;
import io.cite.core.usecase.deploy.ActivateDeployment;
import io.cite.core.usecase.deploy.RequestDeployment;
import io.cite.core.usecase.operate.ClearPin;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Protects that building a commit again changes nothing that nobody asked to change. */
class RepeatedBuildTest {
  private static final BranchName FEATURE = BranchName.parse("feature");
  private static final EnvironmentId OTHER = new EnvironmentId(World.SERVICE, FEATURE);

  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  private void rebuild(CommitId commit) {
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, commit));
    world.settle();
    world.build(true);
    world.settle();
  }

  private Deployment live() {
    return Objects.requireNonNull(world.live());
  }

  @Test
  void doesNotReplaceWhatIsLiveByTheSameCommit() {
    world.create();
    CommitId commit = world.pushAndBuild("second");
    rebuild(commit);

    assertThat(live().seq()).isEqualTo(1);
    assertThat(world.builds())
        .extracting(Build::decision)
        .containsExactly("not deployed: this commit is deployment 1 already", "deployed as 1");
  }

  @Test
  void doesNotDeployACommitThatWasRolledBack() {
    world.create();
    world.pushAndBuild("second");
    CommitId bad = world.pushAndBuild("third");
    world
        .useCases
        .activateDeployment()
        .execute(new ActivateDeployment.Command(World.CALLER, World.ENVIRONMENT, 1));
    world.settle();
    world.useCases.clearPin().execute(new ClearPin.Command(World.CALLER, World.ENVIRONMENT));
    rebuild(bad);

    assertThat(live().seq()).isEqualTo(3);
    assertThat(world.builds().get(0).decision())
        .isEqualTo("not deployed: this commit was rolled back");
  }

  @Test
  void doesNotMakeAnOlderCommitTheNewest() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    CommitId third = world.pushAndBuild("third");
    rebuild(second);
    world
        .useCases
        .requestDeployment()
        .execute(new RequestDeployment.Command(World.CALLER, World.ENVIRONMENT, null, null));
    world.settle();

    assertThat(live().commit()).isEqualTo(third);
  }

  @Test
  void findsTheNewestByTheBranchWhereItsHeadHasNoImage() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    CommitId third = world.pushAndBuild("third");
    rebuild(second);
    world.push("broken");
    world.settle();
    world.build(false);
    world.settle();
    world
        .useCases
        .requestDeployment()
        .execute(new RequestDeployment.Command(World.CALLER, World.ENVIRONMENT, null, null));
    world.settle();

    assertThat(live().commit()).isEqualTo(third);
  }

  @Test
  void addsNoBuildToAnotherEnvironmentThatHasTheCommitsImage() {
    world.create();
    CommitId commit = world.pushAndBuild("second");
    world.source.reset(World.REPOSITORY, FEATURE, commit);
    world
        .useCases
        .addEnvironment()
        .execute(new AddEnvironment.Command(World.CALLER, World.SERVICE, FEATURE));
    world.settle();
    rebuild(commit);
    int before = world.catalogue().builds(OTHER).size();
    rebuild(commit);

    assertThat(before).isLessThanOrEqualTo(1);
    assertThat(world.catalogue().builds(OTHER)).hasSize(before);
    assertThat(world.builds()).hasSize(3);
  }

  @Test
  void addsNoBuildForACommitThatIsNotTheHead() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.source.reset(World.REPOSITORY, FEATURE, second);
    world.source.push(
        World.REPOSITORY, FEATURE, "on another branch", Map.of("file", "on another branch"));
    world.settle();
    world
        .useCases
        .addEnvironment()
        .execute(new AddEnvironment.Command(World.CALLER, World.SERVICE, FEATURE));
    world.settle();
    rebuild(second);

    assertThat(world.catalogue().builds(OTHER)).extracting(Build::commit).doesNotContain(second);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.Conflict;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.port.MetadataStore;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.deploy.RequestDeployment;
import io.cite.core.usecase.operate.DeleteService;
import io.cite.core.usecase.operate.Explain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The use cases from end to end, in memory. */
class FlowTest {
  private final World world = new World();

  @AfterEach
  void invariantsHold() {
    Invariants.checkStrictly(world);
  }

  @Test
  void createMakesEverythingAndDeploysNothing() {
    world.create();

    assertThat(world.catalogue().service(World.SERVICE).record().state())
        .isEqualTo(ServiceState.READY);
    assertThat(world.source.hooks(World.REPOSITORY))
        .containsExactlyInAnyOrder(
            "http://builder.invalid/change_hook/github", "http://cite.invalid/hook");
    assertThat(world.cluster.traffic().current(World.ENVIRONMENT)).isPresent();
    assertThat(world.live()).isNull();
    assertThat(world.store.get("/cite/acme/hello")).isPresent();
    assertThat(world.store.get("/cite/acme/hello/main")).isPresent();
  }

  @Test
  void pushBecomesLive() {
    world.create();
    CommitId commit = world.pushAndBuild("second");

    Deployment live = Objects.requireNonNull(world.live());
    assertThat(live.commit()).isEqualTo(commit);
    assertThat(live.image().digest()).isNotNull();
    assertThat(live.origin()).isEqualTo(Origin.AUTO);
    assertThat(
            world.source.reports(World.REPOSITORY, Objects.requireNonNull(live.host().githubId())))
        .containsExactly(ReportedState.PENDING, ReportedState.SUCCESS);
    assertThat(world.notices())
        .anyMatch(title -> title.startsWith("build 1 of acme/hello/main succeeded"))
        .anyMatch(title -> title.startsWith("deployment 1 of acme/hello/main is live"));
  }

  @Test
  void pushBeforeTheHooksWereThereBecomesLiveToo() {
    world.order();
    CommitId early = world.push("early");
    world.settle();

    assertThat(world.builds()).singleElement().extracting(Build::commit).isEqualTo(early);
    world.build(true);
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(early);
  }

  @Test
  void secondPushReplacesTheFirst() {
    world.create();
    world.pushAndBuild("second");
    CommitId third = world.pushAndBuild("third");

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(third);
    assertThat(world.deployments())
        .extracting(Deployment::state)
        .containsExactly(DeploymentState.LIVE, DeploymentState.RETIRED);
  }

  @Test
  void aFailedBuildTellsTheEndOfItsLogAndDeploysNothing() {
    world.create();
    world.push("broken");
    world.settle();
    world.build(false);
    world.settle();

    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.FAILED);
    assertThat(world.builds().get(0).result().logTail()).contains("no such command");
    assertThat(world.notices).anyMatch(n -> n.text().contains("no such command"));
    assertThat(world.deployments()).isEmpty();
  }

  @Test
  void aForgedImageIsNotDeployedAndLeavesAnAuditEntry() {
    world.create();
    CommitId commit = world.push("second");
    world.settle();
    world.status(commit, CommitStatus.State.SUCCESS, "imageName:evil.example.com/acme/hello:1");
    world.settle();

    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.ERRORED);
    assertThat(world.deployments()).isEmpty();
    assertThat(world.audit.list(null, 100))
        .anyMatch(e -> e.entry().action().code().equals("image.reject"));
  }

  @Test
  void theImageOfAnotherCommitIsNotDeployedUnderTheHeadsName() {
    world.create();
    CommitId built = world.pushAndBuild("second");
    for (String suffix : List.of("", "@sha256:" + "a".repeat(64))) {
      CommitId head = world.push("head" + suffix.length());
      world.settle();
      String forged =
          suffix.isEmpty()
              ? World.image(built).toString()
              : "registry.invalid/acme/hello:" + head.value().substring(0, 12) + suffix;
      world.status(head, CommitStatus.State.SUCCESS, "imageName:" + forged);
      world.settle();

      assertThat(world.builds().get(0).commit()).isEqualTo(head);
      assertThat(world.builds().get(0).state()).isEqualTo(BuildState.ERRORED);
      assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(built);
      assertThat(world.deployments()).hasSize(1);
      assertThat(world.environment().state().attention()).contains("The image " + forged);
      assertThat(world.audit.list(null, 100))
          .anyMatch(
              e ->
                  e.entry().action().code().equals("image.reject")
                      && e.entry().toString().contains(forged));
    }

    world.pushAndBuild("good");
    assertThat(world.environment().state().attention()).isNull();
  }

  @Test
  void aManualBuildAndAManualDeploymentOfAnOlderCommitWork() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.pushAndBuild("third");
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, second));
    world.settle();
    assertThat(world.builder.requests()).hasSize(1);
    world.build(true);
    world.settle();
    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.SUCCEEDED);
    assertThat(world.builds().get(0).decision()).contains("older than deployment 2");

    world
        .useCases
        .requestDeployment()
        .execute(new RequestDeployment.Command(World.CALLER, World.ENVIRONMENT, second, null));
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(second);
    assertThat(Objects.requireNonNull(world.live()).seq()).isEqualTo(3);
  }

  @Test
  void aCommitWithoutAnImageCannotBeDeployed() {
    world.create();
    assertThatThrownBy(
            () ->
                world
                    .useCases
                    .requestDeployment()
                    .execute(
                        new RequestDeployment.Command(
                            World.CALLER, World.ENVIRONMENT, new CommitId("a".repeat(40)), null)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("has no image of");
  }

  @Test
  void aPushWhoseWebhookIsLostIsFoundBySweep() {
    world.create();
    world.push("second");
    world.loseMail();
    world.sweep();
    world.sweep();
    world.build(true);
    world.settle();

    assertThat(world.live()).isNotNull();
    assertThat(world.builds().get(0).request().by()).isEqualTo("found by sweep");
  }

  @Test
  void aBuildWithoutAResultEndsAtItsDeadlineWithAStatus() {
    world.create();
    CommitId commit = world.push("second");
    world.settle();
    world.pass(Duration.ofMinutes(61));

    assertThat(world.builds().get(0).state()).isEqualTo(BuildState.TIMED_OUT);
    assertThat(world.source.reports().statuses(World.REPOSITORY, commit, World.CONTEXT))
        .extracting(CommitStatus::state)
        .containsExactly(CommitStatus.State.ERROR);
  }

  @Test
  void aBuildOfACommitThatLeftTheBranchIsNotDeployed() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.push("third");
    world.settle();
    world.source.reset(World.REPOSITORY, World.MAIN, second);
    world.settle();
    world.build(true);
    world.settle();

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(second);
    assertThat(world.builds().stream().map(b -> String.valueOf(b.decision())))
        .anyMatch(decision -> decision.contains("not in the branch"));
  }

  @Test
  void creatingTwiceIsRefusedNamingTheHolder() {
    world.create();
    assertThatThrownBy(world::create)
        .isInstanceOf(Conflict.class)
        .hasMessageContaining("tester")
        .hasMessageContaining("acme/hello branch main");
  }

  @Test
  void deletingTheServiceDeletesEverything() {
    world.create();
    world.pushAndBuild("second");
    world
        .useCases
        .deleteService()
        .execute(new DeleteService.Command(World.CALLER, World.SERVICE, SeenRevisions.any()));
    world.settle();

    assertThatThrownBy(() -> world.catalogue().service(World.SERVICE)).isInstanceOf(NotFound.class);
    assertThat(world.source.hooks(World.REPOSITORY)).isEmpty();
    assertThat(world.cluster.objects().inventory()).isEmpty();
    assertThat(world.store.list("/cite/acme")).isEmpty();

    world.create();
    assertThat(world.catalogue().service(World.SERVICE).record().state())
        .isEqualTo(ServiceState.READY);
  }

  @Test
  void aPoisonousDeliveryIsPutAsideAndTheOthersGoOn() {
    world.create();
    world.store.commit(
        new MetadataStore.Transaction(
            List.of(),
            List.of(
                new MetadataStore.Change.Put(
                    "/cite/.links/acme/poison/broken", Map.of("service", "no service id")))));
    world.accept(
        new AcceptDelivery.Command(
            new DeliveryId("poison"),
            "push",
            "0",
            new SourceEvent.Pushed(
                RepositoryName.parse("acme/poison"),
                99,
                World.MAIN,
                new CommitId("a".repeat(40)),
                false)));
    CommitId commit = world.pushAndBuild("second");
    world.pass(Duration.ofMinutes(5));

    assertThat(world.catalogue().delivery(new DeliveryId("poison")).disposition().toString())
        .startsWith("quarantined: after 5 attempts");
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
  }

  @Test
  void theHistoryOfACommitIsShown() {
    world.create();
    CommitId commit = world.pushAndBuild("second");

    assertThat(world.useCases.explain().execute(new Explain.Command(World.REPOSITORY, commit)))
        .extracting(Explain.Entry::kind)
        .contains(
            Explain.Kind.DELIVERY,
            Explain.Kind.BUILD,
            Explain.Kind.DECISION,
            Explain.Kind.DEPLOYMENT);
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildOrigin;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.check.Finding;
import io.cite.core.engine.check.Finding.Outcome;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.NameReservation;
import io.cite.core.engine.record.schema.NamespaceReservation;
import io.cite.core.engine.record.schema.OutboxMessage;
import io.cite.core.engine.record.schema.ServiceLink;
import io.cite.core.port.Notifications.Kind;
import io.cite.core.port.Notifications.Notice;
import io.cite.core.usecase.build.RequestBuild;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that stands still and records that belong to nothing are found and put right. */
class DiagnoseWorkTest {
  private static final EnvironmentId STRANGER = EnvironmentId.parse("acme/stranger/main");

  private final World world = new World();
  private final Doctor doctor = new Doctor(world);
  private final Records records = new Records(world.store);

  DiagnoseWorkTest() {
    world.create();
    world.pushAndBuild("second");
  }

  private Delivery delivery(Disposition disposition, SourceEvent content) {
    return new Delivery(
        new DeliveryId("guid-1"), "push", "hash", content, world.clock.instant(), disposition, 0);
  }

  private SourceEvent push() {
    return new SourceEvent.Pushed(
        World.REPOSITORY,
        1,
        World.MAIN,
        world.source.repositories().head(World.REPOSITORY, World.MAIN).orElseThrow(),
        false);
  }

  @Test
  void putsAForgottenDeliveryBackIntoTheInbox() {
    records
        .write()
        .create(Keys.delivery(new DeliveryId("guid-1")), delivery(Disposition.ACCEPTED, push()))
        .commit();
    assertThat(doctor.diagnose(false)).isEmpty();
    world.clock.advance(Duration.ofMinutes(6));
    doctor.isRepaired(Finding.Kind.DELIVERY_UNSETTLED);
  }

  @Test
  void triesADeliveryAgainThatWasPutAside() {
    Disposition aside = Disposition.quarantined("after 5 attempts");
    records
        .write()
        .create(Keys.delivery(new DeliveryId("guid-1")), delivery(aside, push()))
        .commit();
    doctor.isRepaired(Finding.Kind.DELIVERY_QUARANTINED);
  }

  @Test
  void leavesADeliveryThatCannotBeRead() {
    Disposition aside = Disposition.quarantined("no JSON");
    records
        .write()
        .create(
            Keys.delivery(new DeliveryId("guid-1")),
            delivery(aside, new SourceEvent.Unreadable("no JSON")))
        .commit();
    doctor.isLeft(Finding.Kind.DELIVERY_QUARANTINED);
  }

  @Test
  void forgetsALookOfAnEnvironmentThatIsGone() {
    CommitId commit = world.builds().get(0).commit();
    records
        .write()
        .create(
            Keys.check(STRANGER, commit),
            new CommitCheck(STRANGER, commit, true, "a push", world.clock.instant()))
        .commit();
    doctor.isRepaired(Finding.Kind.CHECK_OVERDUE);
  }

  /** The engine does nothing, as if the event had been lost. */
  private void asleep(Runnable what) {
    world.closeEngine();
    what.run();
    assertThat(doctor.diagnose(false)).isNotEmpty();
    List<Finding> findings = doctor.diagnose(true);
    assertThat(findings).isNotEmpty().allMatch(f -> f.outcome() == Outcome.REPAIRED);
    world.restart();
    world.settle();
    assertThat(doctor.diagnose(false)).isEmpty();
  }

  @Test
  void findsALookThatNobodyTook() {
    CommitId commit = world.builds().get(0).commit();
    asleep(
        () -> {
          records
              .write()
              .create(
                  Keys.check(World.ENVIRONMENT, commit),
                  new CommitCheck(World.ENVIRONMENT, commit, true, "a push", world.clock.instant()))
              .commit();
          world.clock.advance(Duration.ofMinutes(6));
        });
  }

  @Test
  void findsABuildPastItsDeadline() {
    world.push("third");
    world.settle();
    asleep(() -> world.clock.advance(Duration.ofMinutes(62)));
  }

  @Test
  void findsADeploymentPastItsDeadlineAndItsReport() {
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("third");
    world.closeEngine();
    world.clock.advance(Duration.ofMinutes(11));

    assertThat(doctor.diagnose(false))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.DEPLOYMENT_OVERDUE);
    world.restart();
    world.settle();
    assertThat(doctor.diagnose(false)).isEmpty();
  }

  @Test
  void findsAReportThatIsPending() {
    world.cluster.readyAtOnce(false);
    world.pushAndBuild("third");
    world.closeEngine();
    Versioned<io.cite.core.domain.deploy.Deployment> stored =
        records.get(Keys.deployment(World.ENVIRONMENT, 2)).orElseThrow();
    records
        .write()
        .replace(
            stored,
            io.cite.core.domain.deploy.DeploymentMachine.apply(
                stored.value(),
                new io.cite.core.domain.deploy.DeploymentEvent.CancelRequested("tester"),
                world.clock.instant()))
        .commit();
    asleep(() -> world.clock.advance(Duration.ofMinutes(11)));
  }

  @Test
  void findsANoticeThatNobodyTakes() {
    Instant at = world.clock.instant();
    world.closeEngine();
    Notice notice =
        new Notice("n-1", Kind.BUILD_FAILED, "acme/hello", "main", "c", "t", "", "u", at);
    NotificationTarget.Sealed target =
        new NotificationTarget.Sealed(
            NotificationTarget.Type.WEBHOOK, "https://notices.invalid/hook", null);
    asleep(
        () ->
            records
                .write()
                .create(
                    Keys.outboxMessage("n-1"),
                    new OutboxMessage("n-1", notice, target, null, null, 3, at, null))
                .commit());
  }

  @Test
  void findsAServiceThatDoesNotGetReady() {
    asleep(
        () -> {
          Versioned<ServiceRecord> stored =
              records.get(Keys.serviceRecord(World.SERVICE)).orElseThrow();
          records
              .write()
              .replace(stored, stored.value().in(ServiceState.DEGRADED, "no log index"))
              .commit();
          world.clock.advance(Duration.ofMinutes(16));
        });
  }

  @Test
  void releasesNamesThatNobodyHas() {
    ServiceId gone = ServiceId.of("acme", "gone");
    EnvironmentId environment = new EnvironmentId(gone, World.MAIN);
    records
        .write()
        .create(Keys.name(environment), new NameReservation(environment, world.clock.instant()))
        .create(Keys.link(World.REPOSITORY, gone), new ServiceLink(gone, 1))
        .create(Keys.namespace(Namespace.parse("nobody")), new NamespaceReservation("Nobody"))
        .commit();
    world.clock.advance(Duration.ofMinutes(6));

    assertThat(doctor.diagnose(true))
        .hasSize(3)
        .allMatch(f -> f.kind() == Finding.Kind.RESERVATION_ORPHANED)
        .allMatch(f -> f.outcome() == Outcome.REPAIRED);
    assertThat(doctor.diagnose(false)).isEmpty();
    assertThat(records.list(Keys.NAMES)).hasSize(1);
    assertThat(records.list(Keys.LINKS)).hasSize(1);
    assertThat(records.list(Keys.NAMESPACES)).hasSize(1);
  }

  @Test
  void forgetsBuildsAndDeploymentsOfAnEnvironmentThatDoesNotExist() {
    CommitId commit = world.builds().get(0).commit();
    Instant at = world.clock.instant();
    Build build =
        Build.queued(STRANGER, 7, commit, BuildOrigin.MANUAL, "tester", 0, at, at.plusSeconds(60));
    Deployment deployment =
        Deployment.requested(
            new Deployment.Identity(
                STRANGER, 3, 3, commit, World.image(commit), Origin.MANUAL, "tester", null, null),
            1,
            at,
            at.plusSeconds(60));
    records
        .write()
        .create(Keys.build(STRANGER, 7), build)
        .create(Keys.deployment(STRANGER, 3), deployment)
        .commit();
    world.clock.advance(Duration.ofMinutes(10));

    doctor.isRepaired(Finding.Kind.RECORDS_ORPHANED);
    assertThat(records.list(Keys.buildsOf(STRANGER))).isEmpty();
    assertThat(records.list(Keys.buildsOf(World.ENVIRONMENT))).hasSize(1);
    assertThat(records.list(Keys.deploymentsOf(World.ENVIRONMENT))).hasSize(1);
  }

  @Test
  void saysNothingOfABuildThatWaitsForItsTurn() {
    world.push("third");
    world.settle();
    Build pushed = world.builds().get(0);
    world.status(pushed.commit(), CommitStatus.State.PENDING, "Build started.");
    world.settle();
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, pushed.commit()));
    world.pass(Duration.ofMinutes(50));
    world.status(pushed.commit(), CommitStatus.State.PENDING, "Build goes on.");
    world.pass(Duration.ofMinutes(50));

    assertThat(world.builds())
        .filteredOn(build -> !build.state().isFinal())
        .hasSize(2)
        .anyMatch(build -> build.times().deadline().isBefore(world.clock.instant()));
    assertThat(doctor.diagnose(false)).isEmpty();
  }
}

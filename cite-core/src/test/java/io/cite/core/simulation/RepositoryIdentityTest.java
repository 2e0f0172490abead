package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.AuditTrail.Numbered;
import io.cite.core.usecase.build.RequestBuild;
import io.cite.core.usecase.create.AddEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repository is its number: it may get another name, and another one may take its name. */
class RepositoryIdentityTest {
  private static final RepositoryName NEW = RepositoryName.parse("acme/world");
  private static final RepositoryName ELSEWHERE = RepositoryName.parse("umbrella/hello");

  private final World world = new World();
  private CommitId live;

  @BeforeEach
  void start() {
    world.create();
    live = world.pushAndBuild("first");
  }

  private ServiceSettings service() {
    return world.catalogue().service(World.SERVICE).settings();
  }

  private CommitId pushAs(RepositoryName name, String message) {
    Map<String, String> files = Map.of("file", message, "Dockerfile", "FROM scratch\n");
    CommitId commit = world.source.push(name, World.MAIN, message, files);
    world.settle();
    return commit;
  }

  private void buildHead() {
    world
        .useCases
        .requestBuild()
        .execute(new RequestBuild.Command(World.CALLER, World.ENVIRONMENT, null));
  }

  private void sweepForLong() {
    for (int i = 0; i < 4; i++) {
      world.sweep();
      world.pass(Duration.ofMinutes(40));
    }
  }

  private List<String> renames() {
    return world.audit.list(null, 1000).stream()
        .map(Numbered::entry)
        .filter(entry -> entry.action() == AuditAction.REPOSITORY_RENAME)
        .map(entry -> entry.target() + ": " + entry.detail())
        .toList();
  }

  private Disposition lastDelivery() {
    List<Delivery> deliveries = world.catalogue().deliveries(null, 1_000);
    return deliveries.stream()
        .max(java.util.Comparator.comparing(Delivery::receivedAt))
        .orElseThrow()
        .disposition();
  }

  @Test
  void takesOverANewNameAtOnce() {
    world.source.rename(World.REPOSITORY, NEW);
    world.settle();

    assertThat(service().repository()).isEqualTo(NEW);
    assertThat(service().formerNames()).containsExactly(World.REPOSITORY);
    assertThat(renames()).containsExactly("acme/hello: acme/hello is acme/world now");
    assertThat(world.has("/cite/.links/acme/world/acme/hello")).isTrue();
    assertThat(world.has("/cite/.links/acme/hello/")).isFalse();
    assertThat(world.has("/cite/.repositories/acme/world")).isTrue();
    assertThat(world.has("/cite/.repositories/acme/hello")).isFalse();
  }

  @Test
  void goesOnUnderTheNewNameOfATransferredRepository() {
    world.source.rename(World.REPOSITORY, ELSEWHERE);
    world.settle();
    CommitId next = pushAs(ELSEWHERE, "second");
    world.build(true);
    world.settle();

    assertThat(service().repository()).isEqualTo(ELSEWHERE);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(next);
    assertThat(world.live().image().toString())
        .as("made under the former name")
        .contains("acme/hello");
  }

  @Test
  void findsTheServiceByTheNumberIfNoEventReportedTheNewName() {
    world.source.rename(World.REPOSITORY, NEW);
    world.loseMail();
    world.settle();
    assertThat(service().repository()).isEqualTo(World.REPOSITORY);

    CommitId next = pushAs(NEW, "second");
    assertThat(lastDelivery().kind()).isEqualTo(Disposition.Kind.APPLIED);
    assertThat(service().repository()).isEqualTo(NEW);
    world.build(true);
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(next);
  }

  /** Another service, of a repository of its own. */
  private ServiceId createAnother(RepositoryName repository) {
    world.source.create(repository, World.MAIN);
    world.source.push(repository, World.MAIN, "other", Map.of("Dockerfile", "FROM scratch\n"));
    ServiceId id = ServiceId.of(repository.owner(), repository.name());
    world.useCases.createService().execute(World.command(repository, false));
    world.settle();
    return id;
  }

  private RepositoryName repositoryOf(ServiceId id) {
    return world.catalogue().service(id).settings().repository();
  }

  @Test
  void movesARepositoryOutOfTheWayWhoseOwnNewNameWasNotReported() {
    ServiceId other = createAnother(NEW);
    RepositoryName third = RepositoryName.parse("acme/third");
    world.source.rename(NEW, third);
    world.loseMail();
    world.source.rename(World.REPOSITORY, NEW);
    world.settle();

    assertThat(repositoryOf(World.SERVICE)).isEqualTo(NEW);
    assertThat(repositoryOf(other)).isEqualTo(third);
    CommitId next = pushAs(NEW, "second");
    world.build(true);
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(next);
  }

  @Test
  void takesOverTheNamesOfTwoRepositoriesThatSwappedThem() {
    ServiceId other = createAnother(NEW);
    RepositoryName aside = RepositoryName.parse("acme/aside");
    world.source.rename(NEW, aside);
    world.source.rename(World.REPOSITORY, NEW);
    world.loseMail();
    world.source.rename(aside, World.REPOSITORY);
    world.settle();

    assertThat(repositoryOf(World.SERVICE)).isEqualTo(NEW);
    assertThat(repositoryOf(other)).isEqualTo(World.REPOSITORY);
    CommitId next = pushAs(NEW, "second");
    world.build(true);
    world.settle();
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(next);
    assertThat(world.failures).isEmpty();
  }

  @Test
  void buildsThatWereBegunUnderTheFormerNameCount() {
    CommitId next = world.push("second");
    world.settle();
    world.status(next, CommitStatus.State.PENDING, "Build started.");
    world.source.rename(World.REPOSITORY, NEW);
    world.settle();
    world.build(true);
    world.settle();

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(next);
  }

  @Test
  void findsItsRepositoryUnderTheNewNameWhenAnotherOneTakesTheOldOne() {
    world.source.rename(World.REPOSITORY, NEW);
    world.loseMail();
    world.source.create(World.REPOSITORY, World.MAIN);
    CommitId foreign = pushAs(World.REPOSITORY, "not ours");
    sweepForLong();

    assertThat(service().repository()).isEqualTo(NEW);
    assertThat(world.builds()).extracting(Build::commit).doesNotContain(foreign);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(live);
  }

  @Test
  void neitherBuildsNorDeploysAnotherRepositoryUnderTheName() {
    world.source.create(World.REPOSITORY, World.MAIN);
    CommitId foreign = pushAs(World.REPOSITORY, "not ours");
    sweepForLong();

    assertThat(world.builds()).extracting(Build::commit).doesNotContain(foreign);
    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(live);
    assertThat(world.environment().state().attention())
        .startsWith("acme/hello is another repository now: its number is ")
        .endsWith("Nothing of it is built or deployed.");
    assertThat(world.environment().state().branchDeleted()).isFalse();
  }

  @Test
  void refusesOrdersThatNeedAnotherRepositoryUnderTheName() {
    world.source.create(World.REPOSITORY, World.MAIN);
    pushAs(World.REPOSITORY, "not ours");
    BranchName other = BranchName.parse("other");
    world.source.push(
        World.REPOSITORY, other, "not ours either", Map.of("Dockerfile", "FROM scratch\n"));
    world.settle();

    assertThatThrownBy(this::buildHead)
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_REPLACED))
        .hasMessageContaining("acme/hello is another repository now");
    assertThatThrownBy(
            () ->
                world
                    .useCases
                    .addEnvironment()
                    .execute(new AddEnvironment.Command(World.CALLER, World.SERVICE, other)))
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_REPLACED));
    assertThatThrownBy(() -> world.useCases.createService().execute(World.command()))
        .isInstanceOfSatisfying(
            Conflict.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_REPLACED))
        .hasMessageContaining("the service acme/hello was created from");
    assertThat(world.builds()).extracting(Build::state).containsOnly(BuildState.SUCCEEDED);
  }

  @Test
  void makesNoHookInAnotherRepositoryUnderTheName() {
    world.source.create(World.REPOSITORY, World.MAIN);
    sweepForLong();

    assertThat(world.source.hooks(World.REPOSITORY)).isEmpty();
    assertThat(world.catalogue().service(World.SERVICE).record().cause())
        .contains("acme/hello is another repository now");
  }
}

package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.usecase.operate.Explain;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Deliveries that the host could not make, and branches that nobody spoke of. */
class RedeliveryTest {
  private final World world = new World();
  private final Records records = new Records(world.store);

  private CommitId pushUnheard(String message) {
    world.unreachable(true);
    CommitId commit = world.push(message);
    world.unreachable(false);
    return commit;
  }

  @Test
  void aFailedDeliveryIsMadeAgainAndBecomesLiveWithoutASecondBuild() {
    world.create();
    CommitId commit = pushUnheard("second");
    world.sweep();
    world.build(true);
    world.settle();
    world.pass(Duration.ofHours(1));

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
    assertThat(world.builds()).hasSize(1);
    assertThat(world.builds().get(0).request().by()).isEqualTo("github");
    assertThat(world.builder.requests()).isEmpty();
    assertThat(world.useCases.explain().execute(new Explain.Command(World.REPOSITORY, commit)))
        .filteredOn(entry -> entry.kind() == Explain.Kind.DELIVERY)
        .extracting(Explain.Entry::text)
        .anyMatch(text -> text.endsWith("redelivered on CITE's request"));
    Invariants.checkStrictly(world);
  }

  @Test
  void aLostStatusEndsTheBuildByRedelivery() {
    world.create();
    CommitId commit = world.push("second");
    world.settle();
    world.unreachable(true);
    world.build(true);
    world.unreachable(false);
    world.sweep();

    assertThat(Objects.requireNonNull(world.live()).commit()).isEqualTo(commit);
    Invariants.checkStrictly(world);
  }

  @Test
  void whatCiteHasStoredIsNotAskedFor() {
    world.create();
    world.source.deliverTo(
        (url, id, event, content) -> {
          if (url.equals(world.settings.links().hook())) {
            world
                .mail()
                .add(
                    new io.cite.core.usecase.build.AcceptDelivery.Command(
                        id, event, id.value(), content));
            throw new IllegalStateException("the answer came too late");
          }
        });
    world.push("second");
    world.settle();
    world.sweep();

    assertThat(records.list(Keys.REDELIVERIES)).isEmpty();
    assertThat(world.catalogue().deliveries(null, 1_000))
        .isNotEmpty()
        .extracting(Delivery::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void aDeliveryThatFailsAgainAndAgainIsGivenUp() {
    world.create();
    world.unreachable(true);
    world.push("second");
    world.sweep();
    world.pass(Duration.ofHours(4));

    assertThat(records.list(Keys.REDELIVERIES))
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked.value().times()).isEqualTo(5));
  }

  @Test
  void aDowntimeIsMadeUpForAtOnce() {
    world.create();
    world.sweep();
    world.unreachable(true);
    CommitId commit = world.push("second");
    world.clock.advance(Duration.ofMinutes(3));
    world.unreachable(false);
    world.pass(Duration.ofMinutes(1));

    assertThat(world.builds())
        .singleElement()
        .satisfies(build -> assertThat(build.commit()).isEqualTo(commit));
  }

  @Test
  void aHookThatSomebodyRemovedIsMadeAgain() {
    world.create();
    world.source.hooks().remove(World.REPOSITORY, world.settings.links().hook());
    world.sweep();
    world.pass(Duration.ofMinutes(1));

    assertThat(world.source.hooks(World.REPOSITORY)).contains(world.settings.links().hook());
    assertThat(world.catalogue().service(World.SERVICE).record().state())
        .isEqualTo(ServiceState.READY);
    assertThat(world.environment().state().attention())
        .contains("the webhook of CITE was removed from acme/hello at GitHub");
    assertThat(world.audit.list(null, 100))
        .anyMatch(one -> one.entry().detail().contains("was removed from acme/hello at GitHub"));
  }

  @Test
  void theHookOfTheBuilderIsMadeAgainAsWell() {
    world.create();
    world.source.hooks().remove(World.REPOSITORY, world.builder.hook().url());
    world.sweep();
    world.pass(Duration.ofMinutes(61));

    assertThat(world.source.hooks(World.REPOSITORY)).contains(world.builder.hook().url());
    assertThat(world.environment().state().attention())
        .contains("the webhook of the builder was removed from acme/hello at GitHub");
  }

  @Test
  void aPushThatNoHookReportedHasTheHooksCheckedAtOnce() {
    world.create();
    world.pass(Duration.ofMinutes(2));
    world.source.hooks().remove(World.REPOSITORY, world.settings.links().hook());
    world.source.hooks().remove(World.REPOSITORY, world.builder.hook().url());
    world.push("second");
    world.sweep();
    world.sweep();
    world.pass(Duration.ofMinutes(1));

    assertThat(world.builds()).hasSize(1);
    assertThat(world.source.hooks(World.REPOSITORY))
        .contains(world.settings.links().hook(), world.builder.hook().url());
  }

  @Test
  void aBranchThatWasDeletedUnheardIsNoted() {
    world.create();
    world.pushAndBuild("second");
    world.source.delete(World.REPOSITORY, World.MAIN);
    world.loseMail();
    world.sweep();

    assertThat(world.environment().state().notes()).isEqualTo("The branch main was deleted.");
    assertThat(world.environment().state().head()).isNull();
    assertThat(world.live()).isNotNull();
  }

  @Test
  void aBranchThatCameBackIsNotCalledDeletedAnyMore() {
    world.create();
    CommitId second = world.pushAndBuild("second");
    world.source.delete(World.REPOSITORY, World.MAIN);
    world.settle();
    assertThat(world.environment().state().notes()).isNotNull();
    world.source.reset(World.REPOSITORY, World.MAIN, second);
    world.loseMail();
    world.sweep();
    world.pass(Duration.ofHours(1));

    assertThat(world.environment().state().notes()).isNull();
    assertThat(world.environment().state().head()).isEqualTo(second);
    assertThat(world.builds()).hasSize(1);
  }

  @Test
  void aHeadSeenByOneProcessIsFollowedUpByTheNext() {
    world.create();
    world.push("second");
    world.loseMail();
    world.sweep();
    assertThat(world.builds()).isEmpty();
    world.restart();
    world.sweep();

    assertThat(world.builds())
        .extracting(build -> build.request().by())
        .isEqualTo(List.of("found by sweep"));
  }
}

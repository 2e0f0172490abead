package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
import io.cite.core.usecase.build.AcceptDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Deliveries that wait together. */
class InboxTest {
  private static final RepositoryName STRANGE = RepositoryName.parse("acme/strange");
  private static final CommitId COMMIT = new CommitId("a".repeat(40));

  private final World world = new World();
  private final Records records = new Records(world.store);

  private void accept(int number, SourceEvent content) {
    String id = String.format(Locale.ROOT, "many-%03d", number);
    world.accept(new AcceptDelivery.Command(new DeliveryId(id), "status", "0", content));
  }

  private static SourceEvent status(RepositoryName repository) {
    return new SourceEvent.StatusChanged(
        repository, 99, COMMIT, 1, CommitStatus.State.PENDING, World.CONTEXT, List.of(World.MAIN));
  }

  private List<Versioned<Delivery>> many() {
    return records.list(Keys.DELIVERIES).stream()
        .filter(delivery -> delivery.value().id().value().startsWith("many-"))
        .toList();
  }

  @Test
  void aHundredDeliveriesAreSettledInThreeTransactions() {
    world.create();
    for (int i = 0; i < 100; i++) {
      accept(i, status(STRANGE));
    }
    world.settle();

    assertThat(many())
        .hasSize(100)
        .allMatch(d -> d.value().disposition().kind() == Disposition.Kind.IGNORED);
    assertThat(many().stream().map(Versioned::revision).distinct()).hasSize(3);
    assertThat(records.list(Keys.INBOX)).isEmpty();
  }

  @Test
  void severalAboutOneCommitAreAllSettled() {
    world.create();
    CommitId commit = world.push("second");
    for (int i = 0; i < 5; i++) {
      accept(
          i,
          new SourceEvent.StatusChanged(
              World.REPOSITORY,
              world.source.repositories().get(World.REPOSITORY).id(),
              commit,
              i,
              CommitStatus.State.PENDING,
              World.CONTEXT,
              List.of(World.MAIN)));
    }
    world.settle();

    assertThat(many())
        .hasSize(5)
        .allMatch(d -> d.value().disposition().kind() == Disposition.Kind.APPLIED);
    assertThat(records.list(Keys.INBOX)).isEmpty();
    Invariants.check(world);
  }

  @Test
  void aMarkOfAnOlderVersionIsHandledToo() {
    world.create();
    accept(0, status(STRANGE));
    PendingDelivery old = new PendingDelivery(new DeliveryId("many-000"), null);
    records.write().put(Keys.unsettled(new DeliveryId("many-000")), old).commit();
    world.settle();

    assertThat(many().get(0).value().disposition().kind()).isEqualTo(Disposition.Kind.IGNORED);
    assertThat(records.list(Keys.INBOX)).isEmpty();
  }

  @Test
  void oldOnesAreForgottenSomeInEachRound() {
    world.create();
    for (int i = 0; i < 5_500; i++) {
      accept(i, status(STRANGE));
    }
    world.settle();
    world.clock.advance(world.settings.keepDeliveries().plus(Duration.ofMinutes(1)));

    world.sweep();
    assertThat(many()).hasSizeBetween(1, 600);
    world.sweep();
    assertThat(many()).isEmpty();
  }
}

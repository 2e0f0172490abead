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
import io.cite.core.engine.store.DeliveryHistory;
import io.cite.core.engine.store.Stores;
import io.cite.core.usecase.build.AcceptDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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

  /** Of another system; it is settled as it comes in. */
  private static SourceEvent foreign() {
    return new SourceEvent.StatusChanged(
        World.REPOSITORY, 1, COMMIT, 1, CommitStatus.State.PENDING, "other", List.of(World.MAIN));
  }

  private List<Versioned<Delivery>> many() {
    return records.list(Keys.DELIVERIES).stream()
        .filter(delivery -> delivery.value().id().value().startsWith("many-"))
        .toList();
  }

  @Test
  void aHundredDeliveriesAreSettledInFourTransactions() {
    world.create();
    for (int i = 0; i < 100; i++) {
      accept(i, status(STRANGE));
    }
    world.settle();

    List<Versioned<Delivery>> unrelated = records.list(Keys.UNRELATED);
    assertThat(unrelated)
        .hasSize(100)
        .allMatch(d -> d.value().disposition().kind() == Disposition.Kind.IGNORED);
    assertThat(unrelated.stream().map(Versioned::revision).distinct()).hasSize(4);
    assertThat(records.list(Keys.INBOX)).isEmpty();
  }

  @Test
  void ofRepositoriesWithoutAServiceOnlyTheLastDeliveriesAreKept() {
    world.create();
    int more = DeliveryHistory.MOST_UNRELATED + 300;
    for (int i = 0; i < more; i++) {
      accept(i, status(STRANGE));
      world.clock.advance(Duration.ofMillis(1));
      if (i % 100 == 0) {
        world.settle();
      }
    }
    world.settle();

    int most = DeliveryHistory.MOST_UNRELATED;
    // some places are left out, where transactions do not go together
    assertThat(records.list(Keys.UNRELATED)).hasSizeBetween(most - 50, most);
    assertThat(many()).hasSizeBetween(most - 50, most);
    assertThat(world.catalogue().deliveries(null, more))
        .filteredOn(delivery -> STRANGE.equals(delivery.repository()))
        .hasSizeBetween(most - 50, most)
        .first()
        .satisfies(newest -> assertThat(newest.id()).hasToString("many-" + (more - 1)));
    assertThat(world.catalogue().delivery(new DeliveryId("many-" + (more - 1))).event())
        .isEqualTo("status");
  }

  @Test
  void aPageBeginsWhereTheOneBeforeEnded() {
    world.create();
    for (int i = 0; i < 30; i++) {
      accept(i, status(i % 3 == 0 ? STRANGE : World.REPOSITORY));
      world.clock.advance(i % 5 == 4 ? Duration.ofHours(9) : Duration.ofMillis(i % 2));
      if (i == 20) {
        world.settle();
      }
    }
    List<Delivery> all = world.catalogue().deliveries(null, 1_000);
    List<Delivery> pages = new ArrayList<>();
    @Nullable String after = null;
    List<Delivery> page;
    do {
      page = world.catalogue().deliveries(after, 7);
      pages.addAll(page);
      after = page.isEmpty() ? null : page.get(page.size() - 1).position();
    } while (page.size() == 7);

    assertThat(pages).hasSizeGreaterThan(30).isEqualTo(all);
    assertThat(all).isNotEmpty().extracting(Delivery::id).doesNotHaveDuplicates();
  }

  @Test
  void whatAnEarlierVersionSettledIsFoundAgain() {
    world.create();
    accept(0, status(World.REPOSITORY));
    world.settle();
    Delivery settled = many().get(0).value();
    records
        .write()
        .remove(Keys.received(settled))
        .remove(Keys.receivedAbout(World.REPOSITORY, settled))
        .commit();
    assertThat(world.catalogue().deliveries(null, 1_000)).doesNotContain(settled);

    world.restart();
    world.sweep();
    assertThat(world.catalogue().deliveries(null, 1_000)).contains(settled);
    assertThat(new Stores(world.store).deliveries().of(World.REPOSITORY)).contains(settled);
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
      accept(i, foreign());
    }
    world.settle();
    world.clock.advance(world.settings.keepDeliveries().plus(Duration.ofMinutes(1)));

    world.sweep();
    assertThat(many()).hasSizeBetween(1, 600);
    world.sweep();
    assertThat(many()).isEmpty();
  }
}

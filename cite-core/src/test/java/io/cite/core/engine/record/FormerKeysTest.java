package io.cite.core.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.record.schema.CommitCheck;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FormerKeysTest {
  private static final String FORMER = "/cite/.looks/";
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("acme/hello/feature/x");

  private final InMemoryMetadataStore store = new InMemoryMetadataStore();
  private final Records records = new Records(store);

  private static CommitCheck check(int number, boolean pushed) {
    return new CommitCheck(
        ENVIRONMENT, CommitId.parse("%040x".formatted(number)), pushed, "a push", Instant.EPOCH);
  }

  private void former(CommitCheck check) {
    Key<CommitCheck> present = Keys.check(check.environment(), check.commit());
    String path = present.path().replace(Keys.CHECKS.path(), FORMER);
    assertThat(records.write().create(new Key<>(path, CommitCheck.class), check).commit()).isTrue();
  }

  private List<CommitCheck> checks() {
    return records.list(Keys.CHECKS).stream().map(Versioned::value).toList();
  }

  @Test
  void movesMoreThanOneTransactionHolds() {
    for (int i = 0; i < 250; i++) {
      former(check(i, i % 2 == 0));
    }

    FormerKeys.move(records);

    assertThat(store.list(FORMER)).isEmpty();
    assertThat(checks()).hasSize(250).contains(check(0, true), check(249, false));
  }

  @Test
  void changesNothingWhereNothingIsLeft() {
    former(check(1, true));
    FormerKeys.move(records);
    long revision = store.list("/cite/").get(0).revision();

    FormerKeys.move(records);

    assertThat(store.list("/cite/")).hasSize(1).allMatch(entry -> entry.revision() == revision);
  }

  @Test
  void keepsThatTheBranchWasMovedWhereACheckIsThereAlready() {
    former(check(1, true));
    former(check(2, false));
    CommitCheck status = check(1, false);
    CommitCheck push = check(2, true);
    records
        .write()
        .create(Keys.check(ENVIRONMENT, status.commit()), status)
        .create(Keys.check(ENVIRONMENT, push.commit()), push)
        .commit();

    FormerKeys.move(records);

    assertThat(store.list(FORMER)).isEmpty();
    assertThat(checks()).containsExactly(check(1, true), check(2, true));
  }

  /** Whatever is committed before the process stops, the next one finds each check once. */
  @Test
  void goesOnAfterACrashBetweenAnyTwoTransactions() {
    for (int i = 0; i < 250; i++) {
      former(check(i, true));
    }
    int stops = 0;
    while (!store.list(FORMER).isEmpty()) {
      try {
        FormerKeys.move(new Records(new StoppingStore(store, 1)));
      } catch (IllegalStateException stopped) {
        stops++;
      }
      assertThat(store.list(FORMER).size() + checks().size()).isEqualTo(250);
    }

    assertThat(stops).isEqualTo(5);
    assertThat(store.list(FORMER)).isEmpty();
    assertThat(checks()).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void movesNothingAfterItsTermIsOver() {
    former(check(1, true));
    Records ofAFormerLeader = records.fenced(new Condition.CreatedAt("/cite/.leader", 1));

    assertThatThrownBy(() -> FormerKeys.move(ofAFormerLeader)).isInstanceOf(StaleRead.class);

    assertThat(store.list(FORMER)).hasSize(1);
    assertThat(checks()).isEmpty();
  }

  /** Takes so many transactions and then behaves as in a process that has stopped. */
  private static final class StoppingStore implements MetadataStore {
    private final MetadataStore store;
    private int left;

    StoppingStore(MetadataStore store, int left) {
      this.store = store;
      this.left = left;
    }

    @Override
    public Optional<Entry> get(String key) {
      return store.get(key);
    }

    @Override
    public List<Entry> list(String prefix) {
      return store.list(prefix);
    }

    @Override
    public List<Entry> list(String prefix, @Nullable String after, int limit) {
      return store.list(prefix, after, limit);
    }

    @Override
    public Commit commit(Transaction transaction) {
      if (left-- == 0) {
        throw new IllegalStateException("stopped");
      }
      return store.commit(transaction);
    }

    @Override
    public Subscription watch(String prefix, Consumer<Changed> listener) {
      return store.watch(prefix, listener);
    }
  }
}

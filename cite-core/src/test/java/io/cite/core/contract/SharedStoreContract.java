package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import io.cite.core.port.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every metadata store promises to several threads: lost updates never, events soon. */
public abstract class SharedStoreContract {
  private static final int THREADS = 8;

  /** The store under test; the same one throughout a test. */
  protected abstract MetadataStore store();

  /** Under which all keys of the test lie; ends with a slash, and nothing lies there yet. */
  protected abstract String prefix();

  @Test
  void losesNoUpdateOfManyThatCompareRevisions() throws Exception {
    int rounds = 25;
    inParallel(
        index -> {
          for (int round = 0; round < rounds; round++) {
            while (!increment()) {
              Thread.onSpinWait();
            }
          }
          return true;
        });

    assertThat(store().get(counter()).orElseThrow().document())
        .containsEntry("n", (long) THREADS * rounds);
  }

  @Test
  void letsExactlyOneOfManyMakeAKey() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = prefix() + "made-" + round;
      List<Commit> outcomes =
          inParallel(
              index ->
                  store()
                      .commit(
                          new Transaction(
                              List.of(new Condition.Absent(key)),
                              List.of(new Change.Put(key, Map.of("by", index))))));

      assertThat(outcomes).filteredOn(Commit.Committed.class::isInstance).hasSize(1);
      long winner =
          outcomes.indexOf(
              outcomes.stream()
                  .filter(Commit.Committed.class::isInstance)
                  .findFirst()
                  .orElseThrow());
      assertThat(store().get(key).orElseThrow().document()).containsEntry("by", winner);
    }
  }

  @Test
  void givesConcurrentTransactionsRevisionsOfTheirOwn() throws Exception {
    List<Commit> outcomes =
        inParallel(
            index ->
                store()
                    .commit(
                        new Transaction(
                            List.of(),
                            List.of(new Change.Put(prefix() + "own-" + index, Map.of())))));

    assertThat(outcomes).isNotEmpty().doesNotHaveDuplicates();
    for (int index = 0; index < THREADS; index++) {
      long revision = ((Commit.Committed) outcomes.get(index)).revision();
      assertThat(store().get(prefix() + "own-" + index))
          .contains(new Entry(prefix() + "own-" + index, Map.of(), revision, revision));
    }
  }

  @Test
  void showsNoHalfOfATransaction() throws Exception {
    AtomicInteger writers = new AtomicInteger(THREADS / 2);
    commit(
        new Change.Put(prefix() + "pair/a", Map.of()),
        new Change.Put(prefix() + "pair/b", Map.of()));
    inParallel(
        index -> {
          if (index < THREADS / 2) {
            for (int round = 0; round < 30; round++) {
              Map<String, Object> document = Map.of("by", index, "round", round);
              commit(
                  new Change.Put(prefix() + "pair/a", document),
                  new Change.Put(prefix() + "pair/b", document));
            }
            writers.decrementAndGet();
            return true;
          }
          do {
            List<Entry> pair = store().list(prefix() + "pair/");
            assertThat(pair).hasSize(2);
            assertThat(pair.get(0).revision()).isEqualTo(pair.get(1).revision());
            assertThat(pair.get(0).document()).isEqualTo(pair.get(1).document());
          } while (writers.get() > 0);
          return true;
        });
  }

  @Test
  void notifiesOfWritesAndDeletionsUnderThePrefixAlone() {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    try (Subscription watching =
        store().watch(prefix() + "w/", changed -> events.add(changed.key()))) {
      settle(events);
      commit(new Change.Put(prefix() + "w/a", Map.of()), new Change.Put(prefix() + "x", Map.of()));
      Awaitility.await().until(() -> events.contains(prefix() + "w/a"));
      events.clear();
      commit(new Change.Delete(prefix() + "w/a"));
      Awaitility.await().until(() -> events.contains(prefix() + "w/a"));
      assertThat(events).isNotEmpty().allMatch(event -> event.startsWith(prefix() + "w/"));
    }
  }

  @Test
  void notifiesWithTheRevisionAndSaysWhatWasDeleted() {
    Queue<MetadataStore.Changed> changes = new ConcurrentLinkedQueue<>();
    Queue<String> keys = new ConcurrentLinkedQueue<>();
    try (Subscription watching =
        store()
            .watch(
                prefix() + "w/",
                changed -> {
                  changes.add(changed);
                  keys.add(changed.key());
                })) {
      settle(keys);
      String key = prefix() + "w/revised";
      long put = revisionOf(new Change.Put(key, Map.of()));
      long deleted = revisionOf(new Change.Delete(key));
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(changes)
                      .contains(
                          new MetadataStore.Changed(key, put, false),
                          new MetadataStore.Changed(key, deleted, true)));
    }
  }

  private long revisionOf(Change change) {
    Commit commit = store().commit(new Transaction(List.of(), List.of(change)));
    return ((Commit.Committed) commit).revision();
  }

  @Test
  void showsAWatcherWhatItNotifiesOf() {
    Queue<Long> seen = new ConcurrentLinkedQueue<>();
    String key = prefix() + "seen";
    try (Subscription watching =
        store()
            .watch(
                key,
                changed ->
                    store()
                        .get(changed.key())
                        .ifPresent(e -> seen.add((Long) e.document().get("n"))))) {
      Awaitility.await()
          .until(
              () -> {
                commit(new Change.Put(key, Map.of("n", 1)));
                return seen.contains(1L);
              });
      commit(new Change.Put(key, Map.of("n", 2)));
      Awaitility.await().until(() -> seen.contains(2L));
    }
  }

  @Test
  void goesOnNotifyingAfterAWatcherFailed() {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    AtomicInteger failures = new AtomicInteger();
    try (Subscription failing =
            store()
                .watch(
                    prefix(),
                    key -> {
                      failures.incrementAndGet();
                      throw new IllegalStateException("a watcher that fails, as the test wants");
                    });
        Subscription watching = store().watch(prefix(), changed -> events.add(changed.key()))) {
      settle(events);
      Awaitility.await().until(() -> failures.get() > 0);
      int before = failures.get();
      events.clear();
      commit(new Change.Put(prefix() + "second", Map.of()));
      Awaitility.await()
          .until(() -> failures.get() > before && events.contains(prefix() + "second"));
    }
  }

  @Test
  void notifiesNoMoreOnceClosed() {
    Queue<String> closed = new ConcurrentLinkedQueue<>();
    Queue<String> open = new ConcurrentLinkedQueue<>();
    try (Subscription watching = store().watch(prefix(), changed -> open.add(changed.key()))) {
      Subscription first = store().watch(prefix(), changed -> closed.add(changed.key()));
      settle(closed);
      first.close();
      first.close();
      settle(open);
      closed.clear();
      commit(new Change.Put(prefix() + "after", Map.of()));
      Awaitility.await().until(() -> open.contains(prefix() + "after"));
      assertThat(closed).isEmpty();
    }
  }

  /** Waits until a watcher is in place: whatever was written before may go by unseen. */
  private void settle(Queue<String> events) {
    Awaitility.await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              commit(new Change.Put(prefix() + "w/settle", Map.of()));
              return !events.isEmpty();
            });
  }

  private boolean increment() {
    Optional<Entry> entry = store().get(counter());
    Condition condition =
        entry.isPresent()
            ? new Condition.Unchanged(counter(), entry.get().revision())
            : new Condition.Absent(counter());
    long n = entry.map(e -> (Long) e.document().get("n")).orElse(0L);
    Change.Put next = new Change.Put(counter(), Map.of("n", n + 1));
    return store().commit(new Transaction(List.of(condition), List.of(next)))
        instanceof Commit.Committed;
  }

  private String counter() {
    return prefix() + "counter";
  }

  private void commit(Change... changes) {
    assertThat(store().commit(new Transaction(List.of(), List.of(changes))))
        .isInstanceOf(Commit.Committed.class);
  }

  private interface Work<T> {
    T by(int index) throws Exception;
  }

  private static <T> List<T> inParallel(Work<T> work)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int index = i;
        calls.add(() -> work.by(index));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        results.add(future.get(1, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}

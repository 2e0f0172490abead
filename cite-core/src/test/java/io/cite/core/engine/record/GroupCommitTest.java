package io.cite.core.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.source.DeliveryId;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
import io.cite.core.error.Upstream;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final int MANY = 30;

  private final SlowStore store = new SlowStore();
  private final Records records = new Records(store);
  private final GroupCommit writes = new GroupCommit(records);
  private final Map<String, Object> outcomes = new ConcurrentHashMap<>();

  private List<Thread> make(List<String> ids) {
    List<Thread> threads = new ArrayList<>();
    for (String id : ids) {
      Thread thread =
          new Thread(
              () -> {
                Records.Write write =
                    records
                        .write()
                        .create(
                            Keys.unsettled(new DeliveryId(id)),
                            new PendingDelivery(new DeliveryId(id), null));
                try {
                  outcomes.put(id, writes.commit(write));
                } catch (Upstream failure) {
                  outcomes.put(id, failure);
                }
              });
      threads.add(thread);
      thread.start();
    }
    return threads;
  }

  private static List<String> ids(int from, int to) {
    return java.util.stream.IntStream.range(from, to).mapToObj(i -> "id-" + i).toList();
  }

  /** Two are being written, and the others wait. */
  private List<Thread> twoAtTheStoreAndManyWaiting() {
    List<Thread> threads = make(ids(0, 2));
    await().until(() -> store.waiting.get() == 2);
    threads.addAll(make(ids(2, MANY)));
    await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    return threads;
  }

  private static void awaitEnd(List<Thread> threads) {
    await().until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void writesTogetherWhatComesWhileOthersAreBeingWritten() {
    List<Thread> threads = twoAtTheStoreAndManyWaiting();
    store.open.release(MANY);
    awaitEnd(threads);

    assertThat(outcomes).hasSize(MANY).allSatisfy((id, made) -> assertThat(made).isEqualTo(true));
    assertThat(records.list(Keys.INBOX)).hasSize(MANY);
    // the two that were at the store, and the one or two that took their places
    assertThat(store.commits).hasValueBetween(3, 4);
  }

  @Test
  void refusesOnlyTheOneWhoseConditionDoesNotHold() {
    CompletableFuture<Boolean> before =
        CompletableFuture.supplyAsync(
            () ->
                records
                    .write()
                    .put(
                        Keys.unsettled(new DeliveryId("id-7")),
                        new PendingDelivery(new DeliveryId("before"), null))
                    .commit());
    store.open.release();
    assertThat(before.join()).isTrue();

    List<Thread> threads = twoAtTheStoreAndManyWaiting();
    store.open.release(2 * MANY);
    awaitEnd(threads);

    assertThat(outcomes)
        .hasSize(MANY)
        .allSatisfy((id, made) -> assertThat(made).as(id).isEqualTo(!id.equals("id-7")));
    assertThat(records.get(Keys.unsettled(new DeliveryId("id-7"))).orElseThrow().value().delivery())
        .isEqualTo(new DeliveryId("before"));
  }

  @Test
  void makesOneOfTwoThatWaitForTheSameKey() {
    List<Thread> threads = twoAtTheStoreAndManyWaiting();
    AtomicInteger made = new AtomicInteger();
    List<CompletableFuture<Void>> twice = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      twice.add(
          CompletableFuture.runAsync(
              () -> {
                Records.Write write =
                    records
                        .write()
                        .create(
                            Keys.unsettled(new DeliveryId("same")),
                            new PendingDelivery(new DeliveryId("same"), null));
                made.addAndGet(writes.commit(write) ? 1 : 0);
              },
              task -> new Thread(task).start()));
    }
    store.open.release(2 * MANY);
    awaitEnd(threads);
    twice.forEach(CompletableFuture::join);

    assertThat(made).hasValue(1);
  }

  @Test
  void tellsAllThatWereWrittenTogetherOfAFailureAndGoesOn() {
    List<Thread> threads = twoAtTheStoreAndManyWaiting();
    store.away = true;
    store.open.release(MANY);
    awaitEnd(threads);
    assertThat(outcomes)
        .hasSize(MANY)
        .allSatisfy((id, notified) -> assertThat(notified).isInstanceOf(Upstream.class));

    store.away = false;
    awaitEnd(make(List.of("later")));
    assertThat(outcomes.get("later")).isEqualTo(true);
  }

  /** A store whose commits wait until they are let through. */
  private static final class SlowStore implements MetadataStore {
    private final InMemoryMetadataStore inner = new InMemoryMetadataStore();
    private final Semaphore open = new Semaphore(0);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean away;

    @Override
    public Commit commit(Transaction transaction) {
      waiting.incrementAndGet();
      open.acquireUninterruptibly();
      waiting.decrementAndGet();
      commits.incrementAndGet();
      if (away) {
        throw Upstream.storeUnavailable("store", "write", "it is away", null);
      }
      return inner.commit(transaction);
    }

    @Override
    public Optional<Entry> get(String key) {
      return inner.get(key);
    }

    @Override
    public List<Entry> list(String prefix) {
      return inner.list(prefix);
    }

    @Override
    public List<Entry> list(
        String prefix, @org.jspecify.annotations.Nullable String after, int limit) {
      return inner.list(prefix, after, limit);
    }

    @Override
    public Subscription watch(String prefix, Consumer<Changed> listener) {
      return inner.watch(prefix, listener);
    }
  }
}

package io.cite.core.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.source.DeliveryId;
import io.cite.core.memory.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Work ONE = new Work.OfDelivery(new DeliveryId("1"));
  private static final Work TWO = new Work.OfDelivery(new DeliveryId("2"));
  private static final Work THREE = new Work.OfDelivery(new DeliveryId("3"));

  private final ManualClock clock = new ManualClock(START);
  private final WorkQueue queue = new WorkQueue(clock);

  @Test
  void handsOutWorkInTheOrderInWhichItCame() {
    queue.add(TWO);
    queue.add(ONE);
    queue.add(THREE);
    assertThat(queue.poll()).contains(TWO);
    assertThat(queue.poll()).contains(ONE);
    assertThat(queue.poll()).contains(THREE);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void queuesTheSameWorkOnce() {
    queue.add(ONE);
    queue.add(new Work.OfDelivery(new DeliveryId("1")));
    assertThat(queue.poll()).contains(ONE);
    queue.done(ONE);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void keepsTheEarliestTime() {
    queue.addAfter(ONE, Duration.ofSeconds(10));
    queue.addAfter(ONE, Duration.ofSeconds(3));
    queue.addAfter(ONE, Duration.ofSeconds(30));
    assertThat(queue.nextDue()).contains(START.plusSeconds(3));
    clock.advance(Duration.ofSeconds(3));
    assertThat(queue.poll()).contains(ONE);
    queue.done(ONE);
    clock.advance(Duration.ofSeconds(60));
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void handsOutNothingBeforeItsTime() {
    queue.addAfter(ONE, Duration.ofSeconds(5));
    queue.addAfter(TWO, Duration.ofSeconds(4));
    clock.advance(Duration.ofMillis(3_999));
    assertThat(queue.poll()).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(queue.poll()).contains(TWO);
    assertThat(queue.poll()).contains(ONE);
  }

  @Test
  void handsOutNoWorkTwiceAtOnceAndAgainIfItCameMeanwhile() {
    queue.add(ONE);
    assertThat(queue.poll()).contains(ONE);
    queue.add(ONE);
    assertThat(queue.poll()).isEmpty();
    queue.done(ONE);
    assertThat(queue.poll()).contains(ONE);
    queue.done(ONE);
    assertThat(queue.poll()).isEmpty();
  }

  @Test
  void takesTheEarliestTimeOfWhatCameWhileItWasBeingDone() {
    queue.add(ONE);
    queue.poll();
    queue.addAfter(ONE, Duration.ofSeconds(9));
    queue.addAfter(ONE, Duration.ofSeconds(2));
    assertThat(queue.nextDue()).isEmpty();
    queue.done(ONE);
    assertThat(queue.nextDue()).contains(START.plusSeconds(2));
  }

  @Test
  void countsWhatIsDueOrBeingDone() {
    queue.add(ONE);
    queue.add(TWO);
    queue.addAfter(THREE, Duration.ofSeconds(1));
    assertThat(queue.backlog()).isEqualTo(2);
    queue.poll();
    assertThat(queue.backlog()).isEqualTo(2);
    queue.done(ONE);
    assertThat(queue.backlog()).isEqualTo(1);
  }

  @Test
  void waitsForWorkUntilThereIsSome() throws Exception {
    CompletableFuture<Optional<Work>> taken = CompletableFuture.supplyAsync(this::take);
    queue.add(ONE);
    assertThat(taken.get(10, TimeUnit.SECONDS)).contains(ONE);
  }

  @Test
  void letsAllWaitingGoWhenItIsClosed() throws Exception {
    CompletableFuture<Optional<Work>> first = CompletableFuture.supplyAsync(this::take);
    queue.addAfter(TWO, Duration.ofHours(1));
    CompletableFuture<Optional<Work>> second = CompletableFuture.supplyAsync(this::take);
    queue.close();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
    queue.add(ONE);
    assertThat(queue.poll()).isEmpty();
    assertThat(queue.backlog()).isZero();
  }

  private Optional<Work> take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Test
  void neverHasTwoThreadsOnOnePieceOfWork() throws Exception {
    Set<Work> running = ConcurrentHashMap.newKeySet();
    AtomicInteger handled = new AtomicInteger();
    AtomicInteger clashes = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 4; i++) {
        Future<?> unused = threads.submit(() -> work(running, handled, clashes));
        assertThat(unused).isNotNull();
      }
      for (int i = 0; i < 3_000; i++) {
        queue.add(new Work.OfDelivery(new DeliveryId("" + i % 5)));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> queue.backlog() == 0);
    } finally {
      queue.close();
      threads.shutdownNow();
    }
    assertThat(clashes).hasValue(0);
    assertThat(handled.get()).isGreaterThanOrEqualTo(5);
  }

  @SuppressWarnings("ThreadPriorityCheck") // lets others in; nothing depends on it
  private void work(Set<Work> running, AtomicInteger handled, AtomicInteger clashes) {
    Optional<Work> work = take();
    while (work.isPresent()) {
      if (!running.add(work.get())) {
        clashes.incrementAndGet();
      }
      handled.incrementAndGet();
      Thread.yield();
      running.remove(work.get());
      queue.done(work.get());
      work = take();
    }
  }
}

package io.cite.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.TestLinks;
import io.cite.core.engine.store.Stores;
import io.cite.core.memory.InMemoryAuditTrail;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryCluster;
import io.cite.core.memory.InMemoryLeadership;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.memory.InMemorySecretSealer;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.memory.ManualClock;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Subscription;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineTest {
  private final InMemoryMetadataStore store = new InMemoryMetadataStore();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  @Test
  void handsOverThoughACallIsNotAnswered() throws Exception {
    Engine leading = engine("leading", new Hanging());
    Engine following = engine("following", store);
    leading.start();
    following.start();
    reading.await();

    CompletableFuture<Void> closed = CompletableFuture.runAsync(leading::close);

    await().until(following::isLeading);
    assertThat(leading.isLeading()).isFalse();
    assertThat(closed).as("waits for what is being done").isNotDone();
    answered.countDown();
    closed.join();
    following.close();
    assertThat(following.isLeading()).isFalse();
  }

  @Test
  void losesNoWorkerToAnError() {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    AtomicInteger lists = new AtomicInteger();
    MetadataStore failing =
        (MetadataStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MetadataStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("list") && lists.incrementAndGet() == 1) {
                    throw new AssertionError("a mistake");
                  }
                  return method.invoke(store, arguments);
                });
    Engine engine =
        engine(
            "leading",
            failing,
            1,
            () ->
                Executors.newFixedThreadPool(
                    1,
                    task -> {
                      Thread thread = new Thread(task);
                      thread.setUncaughtExceptionHandler((who, failure) -> uncaught.add(failure));
                      return thread;
                    }));
    engine.start();

    await().until(() -> !uncaught.isEmpty() && engine.backlog() == 0);

    assertThat(uncaught).singleElement().isInstanceOf(AssertionError.class);
    engine.close();
  }

  private Engine engine(String name, MetadataStore seen) {
    return engine(name, seen, 2, () -> Executors.newFixedThreadPool(2));
  }

  private Engine engine(
      String name, MetadataStore seen, int workers, Supplier<ExecutorService> threads) {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    Ports ports =
        new Ports(
            new InMemorySourceHost(clock),
            new InMemoryBuilder(),
            new InMemoryCluster(),
            seen,
            null,
            null,
            (target, notice) -> {},
            new InMemoryAuditTrail(),
            new InMemorySecretSealer(),
            clock);
    return new Engine(
        ports,
        new Stores(ports.store()),
        EngineSettings.at(TestLinks.at("http://cite.invalid")),
        new InMemoryLeadership(store, name),
        workers,
        threads,
        (work, failure) -> {});
  }

  /** Does not answer what the engine asks of it first, until the test says so. */
  private final class Hanging implements MetadataStore {
    private void hang() {
      reading.countDown();
      try {
        answered.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Optional<Entry> get(String key) {
      return store.get(key);
    }

    @Override
    public List<Entry> list(String prefix) {
      hang();
      return store.list(prefix);
    }

    @Override
    public List<Entry> list(String prefix, String after, int limit) {
      hang();
      return store.list(prefix, after, limit);
    }

    @Override
    public Commit commit(Transaction transaction) {
      return store.commit(transaction);
    }

    @Override
    public Subscription watch(String prefix, Consumer<Changed> listener) {
      return store.watch(prefix, listener);
    }
  }
}

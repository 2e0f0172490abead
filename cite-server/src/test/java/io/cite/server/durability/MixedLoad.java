package io.cite.server.durability;

import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.JsonClient.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Webhooks, settings, deployments by hand and new services, all at once, from threads that go on
 * while the server is away. What is acknowledged is noted in the ledger, and nothing else.
 */
final class MixedLoad implements AutoCloseable {
  private static final int SERVICES = 3;
  private static final long PAUSE_MILLIS = 40;
  private static final int INTERNAL = 500;

  private final JsonClient cite;
  private final Ledger ledger;
  private final String commit;
  private final long repositoryId;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Deque<String> services = new ArrayDeque<>();

  MixedLoad(JsonClient cite, Ledger ledger, String commit, long repositoryId) {
    this.cite = cite;
    this.ledger = ledger;
    this.commit = commit;
    this.repositoryId = repositoryId;
  }

  void start() {
    for (int i = 0; i < 2; i++) {
      repeat(1, this::deliver);
    }
    repeat(1, this::change);
    repeat(6, this::deploy);
    repeat(20, this::service);
  }

  /** Answers that no server should give. */
  List<String> surprises() {
    return List.copyOf(surprises);
  }

  /** Does something again and again, with so many pauses between. */
  private void repeat(int pauses, LongConsumer deed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stopped.await(PAUSE_MILLIS * pauses, TimeUnit.MILLISECONDS)) {
                  attempt(deed);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void attempt(LongConsumer deed) {
    try {
      deed.accept(numbers.incrementAndGet());
    } catch (UncheckedIOException e) {
      // killed before it answered: nothing was promised
    } catch (RuntimeException | AssertionError e) {
      surprises.add(String.valueOf(e));
    }
  }

  private void deliver(long number) {
    String id = "delivery-" + number;
    Map<String, Object> repository =
        Map.of("id", repositoryId, "full_name", EmbeddedServer.REPOSITORY);
    boolean isPush = number % 4 == 0;
    Map<String, Object> body =
        isPush
            ? Map.of("ref", "refs/heads/main", "after", commit, "repository", repository)
            : Map.of(
                "id",
                number,
                "sha",
                commit,
                "state",
                "success",
                "context",
                "another/check",
                "branches",
                List.of(Map.of("name", "main")),
                "repository",
                repository);
    Answer answer =
        cite.deliver(
            isPush ? "push" : "status",
            id,
            JsonMapper.shared().writeValueAsString(body),
            EmbeddedServer.WEBHOOK_SECRET);
    if (is(answer, 202)) {
      ledger.delivered(id);
    }
  }

  private void change(long number) {
    Answer answer =
        cite.send(
            "PATCH",
            EmbeddedServer.ENVIRONMENT,
            "{\"variables\":{\"N\":\"" + number + "\"}}",
            Map.of());
    if (is(answer, 200)) {
      ledger.set(number);
    }
  }

  private void deploy(long number) {
    Answer answer =
        cite.post(EmbeddedServer.ENVIRONMENT + "/deployments", Map.of("commit", commit));
    if (is(answer, 202)) {
      ledger.deployed(answer.json().path("seq").asLong(), answer.text("commit"));
    }
  }

  private void service(long number) {
    if (services.size() < SERVICES) {
      String name = "s" + number;
      Answer answer =
          cite.post(
              "/v1/services",
              Map.of("repository", EmbeddedServer.REPOSITORY, "name", name, "autoDeploy", false));
      if (is(answer, 202)) {
        ledger.created(name);
        services.add(name);
      }
    } else {
      String name = services.remove();
      ledger.asksToDelete(name);
      if (is(cite.delete("/v1/services/acme/" + name), 202)) {
        ledger.deleted(name);
      }
    }
  }

  /** Whether it was promised; a server that ends or begins may refuse, but not fail. */
  private boolean is(Answer answer, int promise) {
    boolean refused =
        answer.status() == 408
            || answer.status() == 409
            || answer.status() == 502
            || answer.status() == 503;
    if (answer.status() != promise && !refused || answer.status() == INTERNAL) {
      surprises.add(answer.toString());
    }
    return answer.status() == promise;
  }

  @Override
  public void close() {
    stopped.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package io.cite.server.adapter.jdbi;

import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjLongConsumer;

/**
 * Writes transactions one after the other, by one thread: all that wait at a moment in one
 * transaction of the database, so that they share the wait for the disk, and each with its own
 * conditions, revision and outcome.
 */
final class GroupCommit implements AutoCloseable {
  private static final String SYSTEM = "embedded store";
  private static final int MOST_WAITING = 4096;
  private static final int MOST_TOGETHER = 256;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Database database;
  private final ObjLongConsumer<Transaction> committed;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean closed;

  GroupCommit(Database database, ObjLongConsumer<Transaction> committed) {
    this.database = database;
    this.committed = committed;
    this.writer = daemon("cite-store-writer").newThread(this::run);
    writer.start();
  }

  static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  Commit commit(Transaction transaction) {
    Map<String, String> contents = new HashMap<>();
    for (Change change : transaction.changes()) {
      if (change instanceof Change.Put put) {
        contents.put(put.key(), DocumentRows.content(put.document()));
      }
    }
    Waiting waiting = new Waiting(transaction, contents, new CompletableFuture<>());
    try {
      if (closed || !queue.offer(waiting, TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw failed(closed ? "the store is closed" : "too many writes are waiting", null);
      }
      return waiting.outcome.get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed("the thread was interrupted", interrupted);
    } catch (TimeoutException late) {
      throw failed("it took longer than " + TIMEOUT.toSeconds() + " s", late);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof CiteException known) {
        throw known;
      }
      throw failed(cause == null ? "it failed" : String.valueOf(cause.getMessage()), failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      queue.put(Waiting.LAST);
      writer.join(TIMEOUT.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean last = false;
    List<Waiting> group = new ArrayList<>();
    while (!last) {
      try {
        group.add(queue.take());
      } catch (InterruptedException interrupted) {
        closed = true;
        last = true;
      }
      queue.drainTo(group, MOST_TOGETHER);
      last |= group.remove(Waiting.LAST);
      if (!group.isEmpty()) {
        write(group);
      }
      group.clear();
    }
    queue.drainTo(group);
    group.forEach(
        late ->
            late.outcome.completeExceptionally(new IllegalStateException("the store is closed")));
  }

  private void write(List<Waiting> group) {
    List<Commit> outcomes;
    try {
      outcomes =
          database.write(
              "write documents",
              handle -> new DocumentBatch(handle, database.forUpdate()).write(group));
    } catch (RuntimeException failure) {
      fail(group, failure);
      return;
    } catch (Error failure) {
      fail(group, failure);
      tellOfItsThread(failure);
      return;
    }
    for (int i = 0; i < group.size(); i++) {
      group.get(i).outcome.complete(outcomes.get(i));
      if (outcomes.get(i) instanceof Commit.Committed written) {
        tell(group.get(i).transaction, written.revision());
      }
    }
  }

  private static void fail(List<Waiting> group, Throwable failure) {
    group.forEach(waiting -> waiting.outcome.completeExceptionally(failure));
  }

  /** The process may end for it. If it does not, the only thread that writes goes on. */
  private static void tellOfItsThread(Throwable failure) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
  }

  /** Every watcher is notified of what was written, even if an earlier one failed. */
  private void tell(Transaction transaction, long revision) {
    try {
      committed.accept(transaction, revision);
    } catch (RuntimeException | Error failure) {
      tellOfItsThread(failure);
    }
  }

  private static Upstream failed(String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return Upstream.storeUnavailable(SYSTEM, "write documents", why, cause);
  }

  /** A transaction, the texts of the documents that it puts, and whoever waits for its outcome. */
  record Waiting(
      Transaction transaction, Map<String, String> contents, CompletableFuture<Commit> outcome) {
    private static final Waiting LAST =
        new Waiting(new Transaction(List.of(), List.of()), Map.of(), new CompletableFuture<>());
  }
}

package io.cite.core.engine.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Writes what many threads want written at the same time in few transactions: those that come while
 * others are being written are written together by one of them. Each learns its own outcome after
 * it is stored, as if it had been written alone. Thread-safe; without threads of its own.
 */
public final class GroupCommit {
  /** Two, so that the next transaction is on its way while the store still waits for its disk. */
  private static final int AT_ONCE = 2;

  private final Records records;
  private final Object lock = new Object();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int writing;

  /** A transaction, whether its own thread is to write now, and its outcome. */
  private record Waiting(
      Records.Write write, CompletableFuture<Boolean> turn, CompletableFuture<Boolean> outcome) {}

  /** Writes on these records, which have no fence. */
  public GroupCommit(Records records) {
    this.records = records;
  }

  /**
   * Writes; false if a condition did not hold, and then nothing was written.
   *
   * @throws io.cite.core.error.Upstream if it could not be stored, or nobody can tell
   */
  public boolean commit(Records.Write write) {
    Waiting own = new Waiting(write, new CompletableFuture<>(), new CompletableFuture<>());
    synchronized (lock) {
      if (writing < AT_ONCE) {
        writing++;
        own.turn().complete(true);
      } else {
        queue.add(own);
      }
    }
    if (own.turn().join()) {
      try {
        write(own);
      } finally {
        handOver();
      }
    }
    try {
      return own.outcome().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (failure.getCause() instanceof Error known) {
        throw known;
      }
      throw failure;
    }
  }

  /** Lets the one that has waited longest write next. */
  private void handOver() {
    synchronized (lock) {
      Waiting next = queue.poll();
      if (next == null) {
        writing--;
      } else {
        next.turn().complete(true);
      }
    }
  }

  /** Whatever happens, everybody in the group is notified. */
  private void write(Waiting own) {
    List<Waiting> group = new ArrayList<>(List.of(own));
    try {
      write(own, group);
    } catch (RuntimeException | Error failure) {
      group.forEach(waiting -> fail(waiting, failure));
    }
  }

  private void write(Waiting own, List<Waiting> group) {
    Records.Write together = records.write();
    if (!together.merge(own.write())) {
      writeAlone(own);
      return;
    }
    synchronized (lock) {
      for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext(); ) {
        Waiting next = waiting.next();
        if (together.merge(next.write())) {
          group.add(next);
          waiting.remove();
        }
      }
    }
    if (group.size() == 1) {
      writeAlone(own);
    } else if (together.commit()) {
      group.forEach(waiting -> tell(waiting, true));
    } else {
      group.forEach(this::writeAlone);
    }
  }

  private void writeAlone(Waiting waiting) {
    try {
      tell(waiting, waiting.write().commit());
    } catch (RuntimeException | Error failure) {
      fail(waiting, failure);
    }
  }

  private static void tell(Waiting waiting, boolean committed) {
    waiting.outcome().complete(committed);
    waiting.turn().complete(false);
  }

  private static void fail(Waiting waiting, Throwable failure) {
    waiting.outcome().completeExceptionally(failure);
    waiting.turn().complete(false);
  }
}

package io.cite.core.engine.schedule;

import io.cite.core.port.InstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work with the time from which it may be done. Each piece of work is queued once, at its earliest
 * time, and handed out to one taker at a time; work that is added while it is being done is handed
 * out again afterwards. Thread-safe.
 */
public final class WorkQueue {
  private record Due(Instant at, long order, Work work) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Map<Work, Due> waiting = new HashMap<>();
  private final Set<Work> running = new HashSet<>();
  private final InstantSource clock;
  private long order;
  private boolean closed;

  /** An empty queue. */
  public WorkQueue(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds work that may be done at once. */
  public void add(Work work) {
    add(work, clock.instant());
  }

  /** Adds work that may be done after some time; harmless if it is queued for earlier. */
  public void addAfter(Work work, Duration delay) {
    add(work, clock.instant().plus(delay));
  }

  /** Adds work that may be done from a time on; harmless if it is queued for earlier. */
  public void add(Work work, Instant at) {
    lock.lock();
    try {
      Due queued = waiting.get(work);
      if (closed || (queued != null && !at.isBefore(queued.at()))) {
        return;
      }
      if (queued != null) {
        queue.remove(queued);
      }
      Due due = new Due(at, order++, work);
      waiting.put(work, due);
      if (!running.contains(work)) {
        queue.add(due);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes work that is due, if there is any; whoever takes it calls {@link #done}. */
  public Optional<Work> poll() {
    lock.lock();
    try {
      return Optional.ofNullable(pollLocked());
    } finally {
      lock.unlock();
    }
  }

  private @org.jspecify.annotations.Nullable Work pollLocked() {
    Due first = queue.peek();
    if (first == null || first.at().isAfter(clock.instant())) {
      return null;
    }
    queue.remove();
    waiting.remove(first.work());
    running.add(first.work());
    return first.work();
  }

  /** Waits for work that is due; empty once the queue is closed. */
  public Optional<Work> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Work work = pollLocked();
        if (work != null) {
          return Optional.of(work);
        }
        Due first = queue.peek();
        if (first == null) {
          changed.await();
        } else {
          long nanos = Duration.between(clock.instant(), first.at()).toNanos();
          changed.await(Math.max(nanos, 1), TimeUnit.NANOSECONDS);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the work on a piece; if it was added meanwhile it is handed out again. */
  public void done(Work work) {
    lock.lock();
    try {
      running.remove(work);
      Due again = waiting.get(work);
      if (again != null) {
        queue.add(again);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** When the next work is due; empty if nothing is queued. */
  public Optional<Instant> nextDue() {
    lock.lock();
    try {
      return Optional.ofNullable(queue.peek()).map(Due::at);
    } finally {
      lock.unlock();
    }
  }

  /** How much work is due or being done. */
  public int backlog() {
    lock.lock();
    try {
      Instant now = clock.instant();
      return running.size() + (int) queue.stream().filter(due -> !due.at().isAfter(now)).count();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting; nothing is handed out any more. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      queue.clear();
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

package io.cite.adapters.etcd;

import io.cite.adapters.etcd.EtcdCalls.Unanswered;
import io.cite.core.error.CiteException;
import io.cite.core.port.Leadership;
import io.cite.core.port.MetadataStore.Condition;
import io.cite.core.port.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An election by a key with a lease: whoever makes the key leads until the lease was not renewed
 * for its whole time, by this process's monotonic clock, or the key is gone. The key's create
 * revision is the fence. Through an outage of etcd it goes on trying. One thread holds the office,
 * another one calls the listener, so a slow listener does not cost the lease.
 */
public final class EtcdLeadership implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdLeadership.class);
  private static final String KEY = "/cite/.leader";
  private static final Duration RECHECK = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration HAND_OVER = Duration.ofSeconds(1);

  private final EtcdConnection connection;
  private final String name;
  private final LeaderKey key;
  private final Duration ttl;
  private final Semaphore changes = new Semaphore(0);
  private final ExecutorService telling;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /**
   * A candidate for {@value #KEY}.
   *
   * @param connection is not closed by it
   * @param name of this process
   */
  public EtcdLeadership(EtcdConnection connection, String name) {
    this(connection, name, KEY);
  }

  /** A candidate for another key: several elections in one etcd. */
  public EtcdLeadership(EtcdConnection connection, String name, String key) {
    this.connection = connection;
    this.name = name;
    this.key = new LeaderKey(connection, key);
    this.ttl = connection.settings().leaseTtl();
    this.telling = Executors.newSingleThreadExecutor(EtcdConnection.daemon("cite-leadership-term"));
  }

  @Override
  public synchronized void campaign(Listener listener) {
    if (thread != null || closed) {
      throw new IllegalStateException("Candidate " + name + " takes part already or is closed");
    }
    thread = EtcdConnection.daemon("cite-leadership").newThread(() -> run(listener));
    thread.start();
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    changes.release();
    if (running != null && Thread.currentThread() != running) {
      try {
        running.join(connection.settings().callTimeout().multipliedBy(2).toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    telling.shutdown();
  }

  private void run(Listener listener) {
    try (Subscription watching =
        EtcdWatch.start(connection, key.range(), key.name(), changed -> changes.release())) {
      boolean available = true;
      while (!closed) {
        try {
          if (key.isTaken()) {
            await(RECHECK);
          } else {
            tryToLead(listener);
          }
          available = true;
        } catch (Unanswered | CiteException failure) {
          if (available) {
            LOG.warn("CITE could not take part in the leader election: {}", failure.toString());
          }
          available = false;
          await(PAUSE);
        }
      }
    }
  }

  private void tryToLead(Listener listener) throws Unanswered {
    long granted = System.nanoTime();
    long lease = key.grant(ttl);
    try {
      OptionalLong made = key.make(name, lease);
      if (made.isPresent()) {
        Term term = new Term(name, new Condition.CreatedAt(key.name(), made.getAsLong()));
        var unused = tell(() -> listener.elected(term));
        LOG.info("The replica {} became the leader at revision {}.", name, made.getAsLong());
        hold(term, lease, granted);
        LOG.info("The replica {} is no longer the leader.", name);
        finish(tell(listener::deposed));
      }
    } finally {
      key.revoke(lease);
    }
  }

  /** Returns when the term is over. */
  private void hold(Term term, long lease, long granted) {
    long renewed = granted;
    Duration pause = ttl.dividedBy(3);
    while (!closed) {
      long left = renewed + ttl.toNanos() - System.nanoTime();
      boolean notified = await(min(pause, Duration.ofNanos(left)));
      long sent = System.nanoTime();
      left = renewed + ttl.toNanos() - sent;
      if (closed || left <= 0 || (notified && isLost(term, Duration.ofNanos(left)))) {
        return;
      }
      Optional<Boolean> alive = key.renew(lease, Duration.ofNanos(left));
      if (alive.isPresent() && !alive.get()) {
        return;
      }
      if (alive.isPresent()) {
        renewed = sent;
      }
      pause = alive.isPresent() ? ttl.dividedBy(3) : min(PAUSE, ttl.dividedBy(10));
    }
  }

  private boolean isLost(Term term, Duration left) {
    try {
      return !key.wasMadeAt(term.fence().createRevision(), left);
    } catch (Unanswered unknown) {
      return false;
    }
  }

  /** Whether there was a change before the time was over. */
  private boolean await(Duration time) {
    try {
      boolean notified = changes.tryAcquire(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
      changes.drainPermits();
      return notified;
    } catch (InterruptedException interrupted) {
      closed = true;
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Future<?> tell(Runnable notification) {
    return telling.submit(
        () -> {
          try {
            notification.run();
          } catch (RuntimeException failure) {
            LOG.error("The listener of the leader election failed.", failure);
          }
        });
  }

  /** Gives the old leader a moment to stop before another may begin. */
  private static void finish(Future<?> notification) {
    try {
      notification.get(HAND_OVER.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException busy) {
      LOG.warn("Work of the former leadership term still runs. The store refuses its writes.");
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

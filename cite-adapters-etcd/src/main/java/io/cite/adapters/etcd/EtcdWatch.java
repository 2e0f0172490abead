package io.cite.adapters.etcd;

import io.cite.core.port.MetadataStore.Changed;
import io.cite.core.port.Subscription;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch that does not end: when etcd's ends, for whatever reason, it begins a new one from now on
 * and calls back with the name it was given, so that its owner lists again.
 */
final class EtcdWatch implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdWatch.class);
  private static final long PAUSE_MILLIS = 300;

  private final EtcdConnection connection;
  private final KeyRange range;
  private final String name;
  private final Consumer<Changed> changes;
  private final Object lock = new Object();
  private int generation;
  private Watch.@Nullable Watcher watcher;
  private volatile boolean closed;

  private EtcdWatch(
      EtcdConnection connection, KeyRange range, String name, Consumer<Changed> changes) {
    this.connection = connection;
    this.range = range;
    this.name = name;
    this.changes = changes;
  }

  static Subscription start(
      EtcdConnection connection, KeyRange range, String name, Consumer<Changed> changes) {
    EtcdWatch watch = new EtcdWatch(connection, range, name, changes);
    watch.schedule(0);
    return watch;
  }

  @Override
  public void close() {
    closed = true;
    replace(null);
  }

  private void begin() {
    if (closed) {
      return;
    }
    WatchOption option =
        WatchOption.builder()
            .withRange(range.to())
            .withCreateNotify(true)
            .withRequireLeader(true)
            .build();
    int current = replace(null);
    try {
      replace(
          connection.client().getWatchClient().watch(range.from(), option, listener(current)),
          current);
    } catch (RuntimeException failure) {
      ended(current, failure);
    }
  }

  private Watch.Listener listener(int current) {
    return Watch.listener(
        response -> next(current, response),
        failure -> ended(current, failure),
        () -> ended(current, null));
  }

  private void next(int current, WatchResponse response) {
    connection.answered();
    if (response.isCreatedNotify()) {
      notify(current, Changed.unseen(name));
    }
    for (WatchEvent event : response.getEvents()) {
      notify(
          current,
          new Changed(
              EtcdMetadataStore.text(event.getKeyValue().getKey()),
              event.getKeyValue().getModRevision(),
              event.getEventType() == WatchEvent.EventType.DELETE));
    }
  }

  private void notify(int current, Changed changed) {
    if (closed || !isCurrent(current)) {
      return;
    }
    try {
      changes.accept(changed);
    } catch (RuntimeException failure) {
      LOG.warn("A watcher of {} failed", changed.key(), failure);
    }
  }

  private void ended(int current, @Nullable Throwable failure) {
    synchronized (lock) {
      if (closed || current != generation) {
        return;
      }
      generation++;
    }
    LOG.debug("The watch of {} ended and begins anew", name, failure);
    schedule(PAUSE_MILLIS);
  }

  private void schedule(long millis) {
    try {
      var unused = connection.timer().schedule(this::begin, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException connectionClosed) {
      closed = true;
    }
  }

  private boolean isCurrent(int current) {
    synchronized (lock) {
      return current == generation;
    }
  }

  /** Ends what there was; its last words do not count any more. */
  private int replace(Watch.@Nullable Watcher next) {
    Watch.Watcher before;
    int current;
    synchronized (lock) {
      before = watcher;
      watcher = next;
      current = ++generation;
    }
    end(before);
    return current;
  }

  private void replace(Watch.Watcher begun, int current) {
    synchronized (lock) {
      if (!closed && current == generation) {
        watcher = begun;
        return;
      }
    }
    end(begun);
  }

  private static void end(Watch.@Nullable Watcher before) {
    if (before != null) {
      before.close();
    }
  }
}
